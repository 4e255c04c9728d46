"""A picture with spots: to open one after the other, or to find the right ones among."""

from dataclasses import dataclass
from math import hypot

from django.utils.translation import gettext as _

from training_materials.activities.content import Activity, Picture, Score, always, numbers, once_within

# On the narrowest phones a pin is as wide as this part of the picture, in percent.
PIN = 13


@dataclass(frozen=True)
class Spot:
    """``x`` and ``y`` in percent of the picture's width and height, from its upper left."""

    x: float
    y: float
    label: str
    text: str
    is_target: bool = always(False)


@dataclass(frozen=True)
class HotspotPicture(Activity):
    """``mode``: learners "find" the targets, or "explore" every spot."""

    picture: Picture | None
    spots: tuple[Spot, ...]
    mode: str = always("explore")
    question: str = ""
    introduction: str = ""
    pass_percentage: int = always(60)

    machine_name = "LearningCitizen.HotspotPicture"

    @property
    def is_search(self) -> bool:
        return self.mode == "find"

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
