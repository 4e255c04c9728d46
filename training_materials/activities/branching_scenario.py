"""A story in scenes: choices lead on, move the story's meters, and may be open only from some value."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from training_materials.activities.content import (
    Params,
    Picture,
    Score,
    UnreadableResponseError,
    escaped,
    numbers,
    picture_params,
    plain,
    with_optional,
)

LONGEST_PATH = 500


@dataclass(frozen=True)
class Meter:
    key: str
    label: str
    start: int = 0
    lowest: int = 0
    highest: int = 10


@dataclass(frozen=True)
class Choice:
    """``changes`` and ``needs`` by the key of a meter: by how much it moves, from what value the choice is open."""

    text: str
    next: str
    reply: str = ""
    changes: tuple[tuple[str, int], ...] = ()
    needs: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Scene:
    key: str
    title: str
    text: str
    choices: tuple[Choice, ...] = ()
    points: int = 0
    picture: Picture | None = None


@dataclass(frozen=True)
class BranchingScenario:
    scenes: tuple[Scene, ...]
    meters: tuple[Meter, ...] = ()
    introduction: str = ""
    pass_percentage: int = 60

    machine_name = "LearningCitizen.BranchingScenario"

    def params(self) -> dict[str, Any]:
        own = {"scenes": [_scene_params(scene) for scene in self.scenes], "passPercentage": self.pass_percentage}
        return with_optional(
            own, introduction=escaped(self.introduction), meters=[_meter_params(meter) for meter in self.meters]
        )

    @classmethod
    def read(cls, params: Params) -> "BranchingScenario":
        return cls(
            tuple(_read_scene(scene) for scene in params.get("scenes", [])),
            tuple(_read_meter(meter) for meter in params.get("meters", [])),
            plain(params.get("introduction")),
            int(params.get("passPercentage", 60)),
        )

    @property
    def is_empty(self) -> bool:
        return not self.scenes

    def problems(self) -> list[str]:
        return _problems(self)

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
        for key, by in choice.changes:
            if key in limits:
                moved[key] = max(limits[key].lowest, min(limits[key].highest, moved[key] + by))
        return moved


def _open_choice(scene: Scene, place: int, values: dict[str, int]) -> Choice:
    if not 0 <= place < len(scene.choices):
        raise UnreadableResponseError(f"{scene.key} has no choice {place}")
    choice = scene.choices[place]
    if any(values.get(key, least) < least for key, least in choice.needs):
        raise UnreadableResponseError(f"choice {place} of {scene.key} was closed")
    return choice


def _meter_params(meter: Meter) -> dict[str, Any]:
    return {"key": escaped(meter.key), "label": escaped(meter.label), "start": meter.start, "lowest": meter.lowest,
            "highest": meter.highest}  # fmt: skip


def _scene_params(scene: Scene) -> dict[str, Any]:
    own = {"key": escaped(scene.key), "title": escaped(scene.title), "text": escaped(scene.text)}
    choices = [_choice_params(choice) for choice in scene.choices]
    return with_optional(own, choices=choices, points=scene.points, picture=picture_params(scene.picture))


def _choice_params(choice: Choice) -> dict[str, Any]:
    return with_optional(
        {"text": escaped(choice.text), "next": escaped(choice.next)},
        reply=escaped(choice.reply),
        changes=[{"meter": escaped(key), "by": by} for key, by in choice.changes],
        needs=[{"meter": escaped(key), "atLeast": least} for key, least in choice.needs],
    )


def _read_meter(params: Params) -> Meter:
    return Meter(plain(params.get("key")), plain(params.get("label")), int(params.get("start", 0)),
                 int(params.get("lowest", 0)), int(params.get("highest", 10)))  # fmt: skip


def _read_scene(params: Params) -> Scene:
    choices = tuple(_read_choice(choice) for choice in params.get("choices", []))
    return Scene(plain(params.get("key")), plain(params.get("title")), plain(params.get("text")), choices,
                 int(params.get("points", 0)), Picture.read(params.get("picture")))  # fmt: skip


def _read_choice(params: Params) -> Choice:
    changes = tuple((plain(one.get("meter")), int(one.get("by", 0))) for one in params.get("changes", []))
    needs = tuple((plain(one.get("meter")), int(one.get("atLeast", 0))) for one in params.get("needs", []))
    return Choice(plain(params.get("text")), plain(params.get("next")), plain(params.get("reply")), changes, needs)


def _problems(story: BranchingScenario) -> list[str]:
    found = [*_keys(story), *_links(story)]
    return found or [*_dead_ends(story), *_endings(story)]


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
            for key, _number in (*choice.changes, *choice.needs):
                if key not in meters:
                    message = _("“%(scene)s”: the choice “%(choice)s” names “%(meter)s”, and nothing has that name.")
                    yield message % (names | {"meter": key})


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
