"""The courses that a trainer writes, as their home shows them: so many queries however many there are."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, ReferenceIndex, WorkflowState

from membership.models import User
from training_materials.models import CoursePage, MaterialPage
from training_materials.registries.teaching import Learners, learners_of

MOST = 10
_NOBODY = Learners(0, 0)


class Step(NamedTuple):
    pk: int
    path: str
    live: bool
    has_unpublished_changes: bool
    last_published_at: datetime.datetime | None


@dataclass(frozen=True)
class TaughtCourse:
    course: CoursePage
    steps: list[Step]
    is_moderated: bool  # something of it waits with the moderators
    outdated: int  # pages older than a material that they cite
    learners: Learners

    @property
    def unpublished(self) -> int:
        """Pages with something that learners do not see yet."""
        pages: tuple[CoursePage | Step, ...] = (self.course, *self.steps)
        shown = [page for page in pages if page.pk not in self.course.taken_out]
        return sum(not page.live or page.has_unpublished_changes for page in shown)


def of(user: User) -> list[TaughtCourse]:
    """Those that the user wrote first, and of these what was last worked on."""
    courses: list[CoursePage] = list(CoursePage.objects.for_trainer(user)[:MOST])
    steps = _steps_of(courses)
    in_moderation, outdated = moderated(), _outdated([step for found in steps.values() for step in found])
    learners = learners_of(user, [course.translation_key for course in courses])
    return [
        TaughtCourse(
            course=course,
            steps=steps[course.path],
            is_moderated=not in_moderation.isdisjoint({course.pk, *(step.pk for step in steps[course.path])}),
            outdated=sum(step.pk in outdated for step in steps[course.path]),
            learners=learners.get(course.translation_key, _NOBODY),
        )
        for course in courses
    ]


def _steps_of(courses: Iterable[Page]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    beneath = Q(pk__in=[])
    for course in courses:
        beneath |= Q(path__startswith=course.path, depth=course.depth + 1)
    for row in Page.objects.filter(beneath).order_by("path").values_list(*Step._fields):
        step = Step(*row)
        found[step.path[: -Page.steplen]].append(step)
    return found


def moderated() -> set[int]:
    """Pages that wait with the moderators."""
    waiting = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, base_content_type=ContentType.objects.get_for_model(Page)
    )
    return {int(key) for key in waiting.values_list("object_id", flat=True)}


def _outdated(steps: Collection[Step]) -> set[int]:
    """Of these, the pages published before a material that their text leads to was published last."""
    published = {str(step.pk): step.last_published_at for step in steps if step.last_published_at}
    pages = ContentType.objects.get_for_model(Page)
    cited = ReferenceIndex.objects.filter(base_content_type=pages, to_content_type=pages, object_id__in=published)
    pairs = set(cited.values_list("object_id", "to_object_id"))
    materials = MaterialPage.objects.filter(pk__in=[int(to) for _page, to in pairs], last_published_at__isnull=False)
    renewed: dict[str, Any] = {str(key): at for key, at in materials.values_list("pk", "last_published_at")}
    return {int(page) for page, to in pairs if to in renewed and renewed[to] > published[page]}
