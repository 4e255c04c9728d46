"""Work carried over time. May run twice without harm."""

from django.utils import timezone

from learning.tracking import actions
from training_materials.models import CoursePage
from work.queue import task


@task()
def settle_course(course_path: str) -> int:
    """Finishes the course for whom its change left nothing open. Gives how many."""
    course = CoursePage.objects.filter(path=course_path).first()
    return actions.settle(course=course, at=timezone.now()) if course else 0
