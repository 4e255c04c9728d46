"""How bodies and answers are checked: lists of parts, their texts, and places among them. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interface.vietnamese import nfc

MOST_PARTS = 12  # options, pairs or items of one question
LONGEST_PART = 500


def refuse() -> ValidationError:
    """For an answer that no form of ours sends."""
    return ValidationError(_("This answer cannot be read. Reload the page and answer the question again."))


def place_in(raw: object, count: int) -> int:
    """A place among so many parts."""
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw < count:
        raise refuse()
    return raw


def place_from_form(text: str) -> int | None:
    """A place as a form field sends it; an empty field is None."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise refuse()
    return int(text)


def parts_of(body: Mapping[str, Any], name: str, least: int) -> Sequence[Any]:
    """The list of parts under the name, with a sane length."""
    parts = body.get(name)
    if not isinstance(parts, list | tuple):
        raise ValidationError(_("The question has no list of parts."))
    if len(parts) < least:
        message = ngettext("Write at least %(count)d line.", "Write at least %(count)d lines.", least)
        raise ValidationError(message % {"count": least})
    if len(parts) > MOST_PARTS:
        raise ValidationError(_("Write at most %(count)d lines.") % {"count": MOST_PARTS})
    return parts


def text_of(raw: object) -> str:
    """One part's text, composed and trimmed."""
    text = nfc(raw) if isinstance(raw, str) else ""
    if not text:
        raise ValidationError(_("A line is empty: fill it in or remove it."))
    if len(text) > LONGEST_PART:
        raise ValidationError(_("A line is longer than %(count)d characters.") % {"count": LONGEST_PART})
    return text


def moved(order: Sequence[int], asked: Sequence[str], texts: Sequence[str]) -> list[int] | None:
    """The same texts in the same order by their new places; None if they are not the same texts."""
    places = {text: place for place, text in enumerate(texts)}
    return [places[asked[index]] for index in order] if sorted(asked) == sorted(texts) else None


def demand_different(texts: Sequence[str]) -> None:
    seen: set[str] = set()
    for text in texts:
        if text.casefold() in seen:
            raise ValidationError(_("“%(text)s” stands there twice.") % {"text": text})
        seen.add(text.casefold())
