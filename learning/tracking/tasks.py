"""Work carried over time. May run twice without harm."""

from django.utils import timezone

from learning.tracking import actions
from learning.tracking.models import Enrolment
from training_materials.models import CoursePage
from training_materials.outlines import outline
from work.queue import task


@task()
def settle_course(course_path: str) -> int:
    """Finishes the course for whom its change left nothing open. Gives how many."""
    course = CoursePage.objects.filter(path=course_path).first()
    if course is None:
        return 0
    outline.forget(course.pk)
    return actions.settle(enrolments=Enrolment.objects.filter(course=course), at=timezone.now())


@task()
def settle_people(person_ids: list[int]) -> int:
    """Finishes what changes of courses left open while these people's consent was withdrawn. Gives how many."""
    return actions.settle(enrolments=Enrolment.objects.filter(person__in=person_ids), at=timezone.now())
