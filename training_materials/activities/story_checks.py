"""Whether a story can be told to its end: what is wrong with its scenes, in words for trainers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from training_materials.activities.branching_scenario import BranchingScenario, Scene


def problems(story: BranchingScenario) -> list[str]:
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
