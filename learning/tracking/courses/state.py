"""Where one learner stands in one course: its outline, and what of it is done. Plain data, no queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from training_materials.outlines.outline import Outline, Step

if TYPE_CHECKING:
    from learning.tracking.models import Enrolment, StepProgress
    from training_materials.models import CoursePage


@dataclass(frozen=True)
class StateLine:
    """A step of the outline as the player shows it: ``state`` is "done", "current" or empty."""

    step: Step
    state: str


@dataclass(frozen=True)
class CourseState:
    outline: Outline
    enrolment: Enrolment | None = None
    rows: dict[UUID, StepProgress] = field(default_factory=dict)

    @property
    def is_finished(self) -> bool:
        return self.enrolment is not None and self.enrolment.completed_at is not None

    @property
    def total(self) -> int:
        return len(self.outline.steps)

    @property
    def done(self) -> int:
        return sum(self.has_done(step) for step in self.outline.steps)

    @property
    def done_keys(self) -> set[UUID]:
        return {key for key, row in self.rows.items() if row.completed_at}

    @property
    def resume(self) -> Step | None:
        """Where one left off: the step visited last, or if that is done the next one open after it."""
        visited = {step.key: step for step in self.outline.steps if step.key in self.rows}
        if not visited:
            return self._first_open()
        latest = max(visited.values(), key=lambda step: self.rows[step.key].visited_at)
        return self.next_open(latest) if self.has_done(latest) else latest

    def has_done(self, step: Step) -> bool:
        row = self.rows.get(step.key)
        return row is not None and row.completed_at is not None

    def step_at(self, slug: str) -> Step | None:
        return next((step for step in self.outline.steps if step.slug == slug), None)

    def next_open(self, step: Step) -> Step | None:
        """The first open step after this one, else the first open one before it, else none."""
        place = self.outline.steps.index(step)
        others = self.outline.steps[place + 1 :] + self.outline.steps[:place]
        return next((other for other in others if not self.has_done(other)), None)

    def after(self, step: Step) -> Step | None:
        place = self.outline.steps.index(step) + 1
        return self.outline.steps[place] if place < self.total else None

    def before(self, step: Step) -> Step | None:
        place = self.outline.steps.index(step)
        return self.outline.steps[place - 1] if place else None

    def lines(self, current: Step | None = None) -> list[StateLine]:
        return [StateLine(step, self._state_of(step, current)) for step in self.outline.steps]

    def states(self) -> dict[UUID, str]:
        """How the learner stands with each step, by its key; the one to resume at is "current"."""
        return {line.step.key: line.state for line in self.lines(self.resume) if line.state}

    def is_last_open(self, step: Step) -> bool:
        """Whether finishing this step finishes the course."""
        return [other.key for other in self.outline.open_steps(self.done_keys)] == [step.key]

    def _first_open(self) -> Step | None:
        needed = self.outline.open_steps(self.done_keys)
        return needed[0] if needed else next((step for step in self.outline.steps if not self.has_done(step)), None)

    def _state_of(self, step: Step, current: Step | None) -> str:
        if self.has_done(step):
            return "done"
        return "current" if step == current else ""


def state_of(enrolment: Enrolment, course: CoursePage) -> CourseState:
    """The state of an enrolment; prefetch its ``steps``."""
    return CourseState(course.outline(), enrolment, {row.step_key: row for row in enrolment.steps.all()})
