"""How many learn in the courses that a trainer's home lists."""

from collections.abc import Collection
from uuid import UUID

from learning.tracking.models import Enrolment
from membership.models import User
from training_materials.registries import teaching


def connect() -> None:
    teaching.register_count(_learners)


def _learners(user: User, courses: Collection[UUID]) -> dict[UUID, teaching.Learners]:
    rows = Enrolment.objects.taught_by(user).count_by_course(courses)
    return {key: teaching.Learners(enrolled - finished, finished) for key, enrolled, finished in rows}
