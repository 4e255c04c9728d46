"""From what a trainer wrote in the forms to the activity's content and the pictures that go with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _
from wagtail.images.models import AbstractImage, AbstractRendition

from interface.vietnamese import nfc
from training_materials.activities.content import Activity, Picture, hints_of, part_in
from training_materials.activities.packing import KINDS, content_params, needed_by, pack

_FILTER = "max-1200x1200"
_MIMES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}
FOLDER = "training_materials/activities"


@dataclass
class Pictures:
    """The pictures of an activity in the order of their use; each image becomes one file."""

    renditions: dict[int, AbstractRendition] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def take(self, image: AbstractImage | None, alt: str, where: str) -> Picture | None:
        if image is None:
            return None
        if not alt.strip():
            self.problems.append(_("“%(where)s”: describe the picture for who cannot see it.") % {"where": where})
        if image.is_svg():
            self.problems.append(_("“%(where)s”: the picture must be a PNG or JPEG.") % {"where": where})
            return None
        rendition = self.renditions.setdefault(image.pk, image.get_rendition(_FILTER))
        path = self.path_of(image.pk)
        mime = _MIMES[path.rpartition(".")[2]]
        return Picture(path, mime, rendition.width, rendition.height, nfc(alt).strip())

    def path_of(self, key: int) -> str:
        ending = str(self.renditions[key].file.name).rpartition(".")[2].lower()
        return f"images/hinh-{list(self.renditions).index(key) + 1}.{ending}"

    def files(self) -> dict[str, bytes]:
        found = {}
        for key, rendition in self.renditions.items():
            with rendition.file.open("rb") as file:
                found[self.path_of(key)] = file.read()
        return found

    def addresses(self) -> dict[str, str]:
        return {self.path_of(key): rendition.url for key, rendition in self.renditions.items()}


@dataclass(frozen=True)
class Written:
    content: Activity
    pictures: Pictures

    def problems(self) -> list[str]:
        """What keeps it from being published."""
        return [*self.pictures.problems, *self.content.problems()]

    def packed(self, title: str) -> bytes:
        return pack(self.content, title, self.pictures.files())


def preview(written: Written, title: str) -> dict[str, Any]:
    """What the page beside the form needs to play it: the libraries' files and the content."""
    libraries = needed_by(written.content.machine_name)
    return {
        "title": title,
        "styles": [static(f"{FOLDER}/{path}") for library in libraries for path in library.styles],
        "scripts": [static(f"{FOLDER}/{path}") for library in libraries for path in library.scripts],
        "problems": written.problems(),
        "is_empty": written.content.is_empty,
        "played": {
            "library": written.content.machine_name,
            "params": content_params(written.content),
            "pictures": written.pictures.addresses(),
            "title": title,
        },
    }


def written(activity: Any) -> Written:
    """The content in a model's fields: each model is called as the program that plays what is written in it."""
    pictures = Pictures()
    return Written(_composed(KINDS[f"LearningCitizen.{type(activity).__name__}"], activity, pictures), pictures)


def _composed(content: type, value: Any, pictures: Pictures) -> Any:
    """Forms have the same names as the content; a draft may lack anything."""
    said = value.__getitem__ if isinstance(value, Mapping) else partial(getattr, value)
    held: dict[str, Any] = {}
    for name, hint in hints_of(content).items():
        if hint == Picture | None:
            held[name] = _picture(value, said, pictures)
        elif part := part_in(hint):
            held[name] = tuple(_composed(part, getattr(one, "value", one), pictures) for one in said(name) or ())
        else:
            held[name] = nfc(said(name) or "") if hint is str else hint(said(name) or 0)
    return content(**held)


def _picture(value: Any, said: Callable[[str], Any], pictures: Pictures) -> Picture | None:
    """A block has a picture with its words, of a whole activity they stand side by side."""
    if not isinstance(value, Mapping):
        return pictures.take(said("picture"), said("alt"), said("title"))
    named = next(name for name in ("title", "text", "front") if name in value)
    return pictures.take(said("picture")["image"], said("picture")["alt"] or "", said(named))
