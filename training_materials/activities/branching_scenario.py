"""A story in scenes: choices lead on, move the story's meters, and may be open only from some value."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from training_materials.activities.content import Activity, Picture, Score, UnreadableResponseError, always, numbers

LONGEST_PATH = 500


@dataclass(frozen=True)
class Meter:
    key: str
    label: str
    start: int = always(0)
    lowest: int = always(0)
    highest: int = always(10)


@dataclass(frozen=True)
class Change:
    """By how much a choice moves the meter of that key."""

    meter: str
    by: int


@dataclass(frozen=True)
class Need:
    """From what value of the meter of that key a choice is open."""

    meter: str
    at_least: int


@dataclass(frozen=True)
class Choice:
    text: str
    next: str
    reply: str = ""
    changes: tuple[Change, ...] = ()
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Scene:
    key: str
    title: str
    text: str
    choices: tuple[Choice, ...] = ()
    points: int = 0
    picture: Picture | None = None


@dataclass(frozen=True)
class BranchingScenario(Activity):
    scenes: tuple[Scene, ...]
    meters: tuple[Meter, ...] = ()
    introduction: str = ""
    pass_percentage: int = always(60)

    machine_name = "LearningCitizen.BranchingScenario"

    @property
    def is_empty(self) -> bool:
        return not self.scenes

    def problems(self) -> list[str]:
        return [*_keys(self), *_links(self)] or [*_dead_ends(self), *_endings(self)]

    def score(self, response: str) -> Score:
        """From the place of the choice taken in each scene, walked again. Raises UnreadableResponseError."""
        path = numbers(response)
        if len(path) > LONGEST_PATH or not self.scenes:
            raise UnreadableResponseError("too long")
        scenes = {scene.key: scene for scene in self.scenes}
        values = {meter.key: meter.start for meter in self.meters}
        scene = self.scenes[0]
        for place in path:
            choice = _open_choice(scene, place, values)
            values = self._moved(values, choice)
            scene = scenes.get(choice.next, scene)
        best = max((scene.points for scene in self.scenes if not scene.choices), default=0)
        return Score(0 if scene.choices else scene.points, best)

    def _moved(self, values: dict[str, int], choice: Choice) -> dict[str, int]:
        moved = dict(values)
        limits = {meter.key: meter for meter in self.meters}
        for change in choice.changes:
            if limit := limits.get(change.meter):
                moved[limit.key] = max(limit.lowest, min(limit.highest, moved[limit.key] + change.by))
        return moved


def _open_choice(scene: Scene, place: int, values: dict[str, int]) -> Choice:
    if not 0 <= place < len(scene.choices):
        raise UnreadableResponseError(f"{scene.key} has no choice {place}")
    choice = scene.choices[place]
    if any(values.get(need.meter, need.at_least) < need.at_least for need in choice.needs):
        raise UnreadableResponseError(f"choice {place} of {scene.key} was closed")
    return choice


def _keys(story: BranchingScenario) -> Iterator[str]:
    for kind in (story.scenes, story.meters):
        keys = [one.key for one in kind]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield _("The short name “%(name)s” is used twice.") % {"name": key}
    for meter in story.meters:
        if not meter.lowest <= meter.start <= meter.highest or meter.lowest == meter.highest:
            yield _("“%(name)s” must start between its lowest and its highest value.") % {"name": meter.label}


def _links(story: BranchingScenario) -> Iterator[str]:
    scenes, meters = {scene.key for scene in story.scenes}, {meter.key for meter in story.meters}
    for scene in story.scenes:
        for choice in scene.choices:
            names = {"scene": scene.title, "choice": choice.text}
            if choice.next not in scenes:
                message = _("“%(scene)s”: the choice “%(choice)s” leads to “%(next)s”, and no scene has that name.")
                yield message % (names | {"next": choice.next})
            named: list[Change | Need] = [*choice.changes, *choice.needs]
            for one in named:
                if one.meter not in meters:
                    message = _("“%(scene)s”: the choice “%(choice)s” names “%(meter)s”, and nothing has that name.")
                    yield message % (names | {"meter": one.meter})


def _dead_ends(story: BranchingScenario) -> Iterator[str]:
    """Scenes that nothing leads to, and scenes from which open choices reach no ending."""
    reached = {story.scenes[0].key} if story.scenes else set()
    ends = {scene.key for scene in story.scenes if not scene.choices}
    for _turn in story.scenes:
        for scene in story.scenes:
            if scene.key in reached:
                reached |= {choice.next for choice in scene.choices}
            if any(choice.next in ends for choice in scene.choices if not choice.needs):
                ends.add(scene.key)
    for scene in story.scenes:
        if scene.key not in reached:
            yield _("Nothing leads to the scene “%(scene)s”.") % {"scene": scene.title}
        elif scene.key not in ends:
            message = _("From “%(scene)s” no ending can be reached by choices that are always open.")
            yield message % {"scene": scene.title}


def _endings(story: BranchingScenario) -> Iterator[str]:
    endings: list[Scene] = [scene for scene in story.scenes if not scene.choices]
    if endings and not any(scene.points for scene in endings):
        yield _("Give at least one ending points: the best one counts as the full score.")
