"""Between the choosers of a question's form and the pictures and sounds of its version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from assessments.bank.media import is_sound
from assessments.models import Figure

CHOOSERS = ("picture", "sound")


@dataclass(frozen=True)
class Source:
    """A chosen image or document, the words instead of it, and beside which option it stands."""

    chooser: str
    file: Any
    alt: str
    place: int | None


def sources_in(cleaned: Mapping[str, Any]) -> list[Source]:
    """Raises ValidationError, by the name of the field, where the words are missing."""
    beside = [(None, cleaned), *enumerate(cleaned.get("options") or [])]
    found = [
        (chooser, part[chooser], str(part.get(f"{chooser}_alt") or "").strip(), place)
        for place, part in beside
        for chooser in CHOOSERS
        if isinstance(part, Mapping) and part.get(chooser)
    ]
    if wordless := dict(_asked_for(chooser, place) for chooser, _file, alt, place in reversed(found) if not alt):
        raise ValidationError(wordless)
    return [Source(chooser, _file_of(chooser, file), alt, place) for chooser, file, alt, place in found]


def _asked_for(chooser: str, place: int | None) -> tuple[str, str]:
    """The field where the words are missing, and what to do; those of an option are folded away behind its cog."""
    if place is None:
        return f"{chooser}_alt", _("Say in words what the picture shows or what is heard: not everybody can.")
    asked = _("Option %(number)s, behind the cog: say in words what the picture shows or what is heard.")
    return "options", asked % {"number": place + 1}


def _file_of(chooser: str, file: Any) -> Any:
    """Options name their files by number."""
    if not isinstance(file, int):
        return file
    model = get_image_model() if chooser == "picture" else get_document_model()
    return model.objects.get(pk=file)


def initial_of(media: Iterable[Mapping[str, Any]], options: list[dict[str, Any]]) -> dict[str, Any]:
    """What the choosers show for a version; one whose file is gone is left for the trainer to choose anew."""
    kept = list(media)
    figures = {each.name: each for each in Figure.objects.filter(name__in=[one["name"] for one in kept])}
    beside: dict[int | None, dict[str, Any]] = {}
    for one in kept:
        chooser = "sound" if is_sound(one["name"]) else "picture"
        figure = figures.get(one["name"])
        file = (figure.document_id if chooser == "sound" else figure.image_id) if figure else None
        beside.setdefault(one["place"], {}).update({chooser: file, f"{chooser}_alt": one["alt"]})
    initial = beside.get(None, {})
    if options:
        initial = initial | {"options": [option | beside.get(place, {}) for place, option in enumerate(options)]}
    return initial


def previewed(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """For a preview, in which nothing is copied."""
    return [
        {
            "name": "preview.webp" if source.chooser == "picture" else "preview.mp3",
            "alt": source.alt,
            "place": source.place,
            "address": source.file.file.url if source.chooser == "picture" else source.file.url,
        }
        for source in sources
    ]
