"""Where one learner stands in one course: its outline, and what of it is done; when it is finished, what that proves,
and what is still open. Reads plain outlines and rows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from learning.evidence.facts import MOVED_TO, Fact
from learning.evidence.kinds import Kind
from learning.evidence.models import EnteredBy, Source, Verification
from learning.tracking.courses.blocked import blocked_in
from training_materials.outlines.outline import Outline, Step

if TYPE_CHECKING:
    from learning.tracking.models import Enrolment, StepProgress
    from learning.tracking.querysets.enrolments import Standing
    from training_materials.models import CoursePage

_FOUR_PLACES = Decimal("0.0001")


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
        """The next step: the needed one that was visited last and is not done, else the first needed one; where nothing
        needed is open, the first that is.

        What is optional never comes before what is needed: see ``extras``.
        """
        needed = self.outline.open_steps(self.done_keys)
        begun = [step for step in needed if step.key in self.rows]
        if begun:
            return max(begun, key=lambda step: self.rows[step.key].visited_at)
        return next(iter(needed), None) or next(iter(self.extras), None)

    @property
    def extras(self) -> list[Step]:
        """What is optional and not done, to be offered beside the next step."""
        needed = self.outline.needed_keys
        return [step for step in self.outline.steps if step.key_text not in needed and not self.has_done(step)]

    def has_done(self, step: Step) -> bool:
        row = self.rows.get(step.key)
        return row is not None and row.completed_at is not None

    def step_at(self, slug: str) -> Step | None:
        return next((step for step in self.outline.steps if step.slug == slug), None)

    def next_open(self, step: Step) -> Step | None:
        """The first needed step after this one that is not done, else the first before it, else none."""
        place = self.outline.steps.index(step)
        others = self.outline.steps[place + 1 :] + self.outline.steps[:place]
        return next((other for other in others if self._is_open_need(other)), None)

    def onward(self, step: Step) -> tuple[Step | None, list[Step]]:
        """The step that follows this one in the outline, and what is passed over on the way, to be offered beside it:
        what is optional and not done, as long as something needed is open."""
        extras = self.extras if self.outline.open_steps(self.done_keys) else []
        rest = self.outline.steps[self.outline.steps.index(step) + 1 :]
        passed_over = list(takewhile(extras.__contains__, rest))
        return next(iter(rest[len(passed_over) :]), None), passed_over

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

    def _is_open_need(self, step: Step) -> bool:
        return step.key_text in self.outline.needed_keys and not self.has_done(step)

    def _state_of(self, step: Step, current: Step | None) -> str:
        if self.has_done(step):
            return "done"
        return "current" if step == current else ""


def state_of(enrolment: Enrolment, course: CoursePage) -> CourseState:
    """The state of an enrolment; prefetch its ``steps``."""
    return state_in(course.outline(), enrolment)


def state_in(outline: Outline, enrolment: Enrolment) -> CourseState:
    """The same for those who hold the outline alone."""
    return CourseState(outline, enrolment, {row.step_key: row for row in enrolment.steps.all()})


@dataclass(frozen=True)
class Requirement:
    """One thing that is still to do, and where. ``url`` is empty where there is nothing to open."""

    text: str
    url: str


def is_finished(outline: Outline, standing: Standing) -> bool:
    """Whether nothing needed is open. A course without steps is never finished."""
    return bool(outline.steps) and outline.needed_keys <= standing.done.keys()


def open_requirements(enrolment: Enrolment) -> list[Requirement]:
    """Why the course is not finished: each open requirement in a plain sentence. Empty when it is."""
    if enrolment.completed_at:
        return []
    course = enrolment.course
    if course is None or not course.live:
        return [Requirement(_("The course is no longer open; your results are kept."), "")]
    done = {row.step_key for row in enrolment.steps.all() if row.completed_at}
    outline = course.outline()
    blocked = blocked_in(outline)
    return [_requirement(course, step, step.key in blocked) for step in outline.open_steps(done)]


def completion_fact(enrolment: Enrolment, outline: Outline, standing: Standing, at: datetime.datetime) -> Fact:
    """The evidence of a finished course, on the revision that the enrolment says.

    Its score is the mean of the best scores of the needed steps that have one; what packages report does not count
    beside tests marked on the server. It proves no more than the weakest of those steps: marked on the server if all
    were and none is doubted, recomputed if their scores were; a course of lessons alone proves no more than that its
    buttons were pressed. Since revisions die
    with their pages, what was done on which revision is copied into the details, under the titles that the course
    has now. A step added later is left out.
    """
    needed = [step for step in outline.needed if step.key_text in standing.done]
    marked_kinds = {kind for kind in {step.kind for step in needed} if apps.get_model(kind).is_server_marked}
    marked = [step for step in needed if step.kind in marked_kinds]
    scored = [step for step in marked or needed if step.key_text in standing.scores]
    scores = [standing.scores[step.key_text] for step in scored]
    verification = Verification.SERVER_MARKED if marked else Verification.RECOMPUTED
    if not scored or (marked and marked != scored) or any(step.key_text in standing.doubted for step in scored):
        verification = Verification.NONE
    return Fact(
        person_id=enrolment.person.identity_id,
        kind=Kind.COURSE_COMPLETED,
        title=outline.title,
        occurred_at=at,
        source=Source.SYSTEM,
        verification=verification,
        entered_by=EnteredBy.OWN_ACCOUNT,
        source_key=_first_key(enrolment),
        score=(sum(scores, Decimal(0)) / len(scores)).quantize(_FOUR_PLACES) if scores else None,
        page_key=enrolment.course_key,
        page_revision=enrolment.course_revision,
        topics=tuple(slug for slug, _name in outline.topics),
        details={"minutes": outline.minutes, "steps": [_step_detail(step, standing) for step in needed]},
    )


def _first_key(enrolment: Enrolment) -> str:
    """What is first told to the ledger about the enrolment; after a merge as a merge moves it."""
    first, person_id = f"course:{enrolment.course_key}:{enrolment.person_id}", enrolment.person.identity_id
    return first if person_id == enrolment.person_id else f"{first}{MOVED_TO}{person_id}"


def _step_detail(step: Step, standing: Standing) -> dict[str, str | int | None]:
    revision, score = standing.done[step.key_text], standing.scores.get(step.key_text)
    if score is not None:
        # A person looks at tests; of contents the one doubt is that the learner made them.
        doubt = "is_doubted" if apps.get_model(step.kind).is_server_marked else "is_own"
        doubts = {doubt: True} if step.key_text in standing.doubted else {}
        return step.record | {"revision": revision, "score": str(score)} | doubts
    return step.record if revision == step.revision else step.record | {"revision": revision}


def _requirement(course: CoursePage, step: Step, is_blocked: bool) -> Requirement:
    values = {"kind": str(step.kind_name).lower(), "title": step.title}
    if is_blocked:
        told = _("“%(title)s” cannot be finished at the moment, and that is not your doing: the trainers see it too.")
        return Requirement(told % values, "")
    if apps.get_model(step.kind).is_server_marked:
        text = _("Pass the %(kind)s “%(title)s”") % values
    else:
        text = _("Finish the %(kind)s “%(title)s”") % values
    return Requirement(text, reverse("tracking:step", args=[course.slug, step.slug]))
