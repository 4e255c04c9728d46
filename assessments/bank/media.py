"""Pictures and sounds of a version: where each stands, and what is said instead of it. Pure.

A version keeps ``{"name", "alt", "place"}`` for each: the name of its file, the words for who does not see or hear it,
and the index of the option beside which it stands, None beside the question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interface.vietnamese import nfc

PICTURES = {"webp": "image/webp", "svg": "image/svg+xml"}
SOUNDS = {"mp3": "audio/mpeg", "ogg": "audio/ogg", "m4a": "audio/mp4", "wav": "audio/wav"}
TYPES = PICTURES | SOUNDS
LONGEST_ALT = 500
MOST = 26  # two beside the question, two beside each of twelve options


@dataclass(frozen=True)
class Shown:
    """What a page needs. ``address`` stands in for the name while a question is only previewed."""

    name: str
    alt: str
    is_sound: bool
    address: str = ""


def digest(content: bytes) -> str:
    """Under which files are known."""
    return sha256(content).hexdigest()[:40]


def is_sound(name: str) -> bool:
    return name.rpartition(".")[2] in SOUNDS


def cleaned(media: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """In their one stored form. Raises ValidationError, in words, where the words instead are missing."""
    kept = []
    for each in media:
        alt = nfc(str(each.get("alt") or ""))
        if not alt:
            raise ValidationError(_("Say in words what the picture shows or what is heard: not everybody can."))
        if len(alt) > LONGEST_ALT:
            raise ValidationError(_("Write at most %(count)d characters.") % {"count": LONGEST_ALT})
        kept.append({"name": str(each["name"]), "alt": alt, "place": each.get("place")})
    if len(kept) > MOST:
        raise ValidationError(_("There are too many pictures and sounds."))
    return kept


def in_order(media: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Beside the question first, then option by option, each time the picture first."""
    return sorted(
        (dict(each) for each in media),
        key=lambda each: (each["place"] is not None, each["place"] or 0, is_sound(each["name"]), each["name"]),
    )


def shown_at(media: Iterable[Mapping[str, Any]], place: int | None) -> list[Shown]:
    """What stands beside the option with that index, or beside the question."""
    return [
        Shown(each["name"], each["alt"], is_sound(each["name"]), each.get("address", ""))
        for each in media
        if each["place"] == place
    ]
