"""A picture with spots: to open one after the other, or to find the right ones among."""

from dataclasses import dataclass
from math import hypot
from typing import Any

from django.utils.translation import gettext as _

from training_materials.activities.content import (
    Params,
    Picture,
    Score,
    escaped,
    numbers,
    once_within,
    picture_params,
    plain,
    with_optional,
)

# On the narrowest phones a pin is as wide as this part of the picture, in percent.
PIN = 13


@dataclass(frozen=True)
class Spot:
    """``x`` and ``y`` in percent of the picture's width and height, from its upper left."""

    x: float
    y: float
    label: str
    text: str
    is_target: bool = False


@dataclass(frozen=True)
class HotspotPicture:
    """``is_search``: learners pick the targets; otherwise they open every spot."""

    picture: Picture | None
    spots: tuple[Spot, ...]
    is_search: bool = False
    question: str = ""
    introduction: str = ""
    pass_percentage: int = 60

    machine_name = "LearningCitizen.HotspotPicture"

    def params(self) -> dict[str, Any]:
        own = {
            "picture": picture_params(self.picture),
            "mode": "find" if self.is_search else "explore",
            "spots": [_spot_params(spot) for spot in self.spots],
            "passPercentage": self.pass_percentage,
        }
        return with_optional(own, introduction=escaped(self.introduction), question=escaped(self.question))

    @classmethod
    def read(cls, params: Params) -> "HotspotPicture":
        return cls(
            Picture.read(params.get("picture")),
            tuple(_read_spot(spot) for spot in params.get("spots", [])),
            params.get("mode") == "find",
            plain(params.get("question")),
            plain(params.get("introduction")),
            int(params.get("passPercentage", 60)),
        )

    @property
    def is_empty(self) -> bool:
        return self.picture is None

    def problems(self) -> list[str]:
        found = [
            _("The spots “%(one)s” and “%(other)s” are so close that a thumb cannot tell them apart.")
            % {"one": one.label, "other": other.label}
            for number, one in enumerate(self.spots)
            for other in self.spots[number + 1 :]
            if self._are_close(one, other)
        ]
        if self.is_search and not any(spot.is_target for spot in self.spots):
            found.append(_("Mark at least one spot as one to be found."))
        if self.is_search and not self.question:
            found.append(_("Say what is to be found: write the question."))
        return found

    def score(self, response: str) -> Score:
        """From the places of the spots opened or picked; each wrong pick takes one off. Raises as ``numbers``."""
        chosen = once_within(numbers(response), len(self.spots))
        if not self.is_search:
            return Score(len(chosen), len(self.spots))
        targets = {place for place, spot in enumerate(self.spots) if spot.is_target}
        return Score(max(0, len(chosen & targets) - len(chosen - targets)), len(targets))

    def _are_close(self, one: Spot, other: Spot) -> bool:
        ratio = self.picture.height / self.picture.width if self.picture and self.picture.width else 1
        return hypot(one.x - other.x, (one.y - other.y) * ratio) < PIN


def _spot_params(spot: Spot) -> dict[str, Any]:
    return {"x": spot.x, "y": spot.y, "label": escaped(spot.label), "text": escaped(spot.text),
            "isTarget": spot.is_target}  # fmt: skip


def _read_spot(params: Params) -> Spot:
    return Spot(float(params.get("x", 0)), float(params.get("y", 0)), plain(params.get("label")),
                plain(params.get("text")), bool(params.get("isTarget")))  # fmt: skip
