"""From what a trainer wrote in the forms to the activity's content and the pictures that go with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _
from wagtail.images.models import AbstractImage, AbstractRendition

from interface.vietnamese import nfc
from training_materials.activities import branching_scenario as story
from training_materials.activities import flash_cards as flash
from training_materials.activities import hotspot_picture as hotspots
from training_materials.activities import knowledge_check as check
from training_materials.activities.content import Activity, Picture
from training_materials.activities.libraries import needed_by
from training_materials.activities.packing import content_params, pack

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


def knowledge_check(activity: Any) -> Written:
    pictures = Pictures()
    questions = tuple(
        check.Question(
            _text(block.value["text"]),
            tuple(
                check.Answer(_text(answer["text"]), bool(answer["is_right"]), _text(answer["feedback"]))
                for answer in block.value["answers"]
            ),
            _text(block.value["explanation"]),
            _picture(pictures, block.value, "text"),
        )
        for block in activity.questions
    )
    return Written(check.KnowledgeCheck(questions, _text(activity.introduction), activity.pass_percentage), pictures)


def flash_cards(activity: Any) -> Written:
    pictures = Pictures()
    cards = tuple(
        flash.Card(_text(block.value["front"]), _text(block.value["back"]), _picture(pictures, block.value, "front"))
        for block in activity.cards
    )
    return Written(flash.FlashCards(cards, _text(activity.introduction)), pictures)


def branching_scenario(activity: Any) -> Written:
    pictures = Pictures()
    content = story.BranchingScenario(
        tuple(_scene(block.value, pictures) for block in activity.scenes),
        tuple(
            story.Meter(one["key"], _text(one["label"]), _number(one["start"]), _number(one["lowest"]),
                        _number(one["highest"]))
            for one in (block.value for block in activity.meters)
        ),
        _text(activity.introduction),
        activity.pass_percentage,
    )  # fmt: skip
    return Written(content, pictures)


def hotspot_picture(activity: Any) -> Written:
    pictures = Pictures()
    spots = tuple(
        hotspots.Spot(float(one["x"] or 0), float(one["y"] or 0), _text(one["label"]), _text(one["text"]),
                      bool(one["is_target"]))
        for one in (block.value for block in activity.spots)
    )  # fmt: skip
    content = hotspots.HotspotPicture(
        pictures.take(activity.picture, activity.alt, activity.title),
        spots,
        activity.mode == activity.Mode.FIND,
        _text(activity.question),
        _text(activity.introduction),
        activity.pass_percentage,
    )
    return Written(content, pictures)


def _picture(pictures: Pictures, value: Any, named: str) -> Picture | None:
    return pictures.take(value["picture"]["image"], value["picture"]["alt"] or "", value[named])


def _scene(value: Any, pictures: Pictures) -> story.Scene:
    return story.Scene(
        value["key"],
        _text(value["title"]),
        _text(value["text"]),
        tuple(_choice(choice) for choice in value["choices"]),
        _number(value["points"]),
        _picture(pictures, value, "title"),
    )


def _choice(value: Any) -> story.Choice:
    return story.Choice(
        _text(value["text"]),
        value["next"],
        _text(value["reply"]),
        tuple((change["meter"], _number(change["by"])) for change in value["changes"]),
        tuple((need["meter"], _number(need["at_least"])) for need in value["needs"]),
    )


def _number(value: int | None) -> int:
    """Drafts may lack it."""
    return value or 0


def _text(value: str | None) -> str:
    return nfc(value or "")
