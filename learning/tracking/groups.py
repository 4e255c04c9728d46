"""Whom an office can call, invite or write to, of what this app knows: who is in the middle of a course."""

from django.utils.translation import gettext_lazy as _

from learning.tracking.models import Enrolment
from membership.policy import Action
from membership.registries.groups import Group, register
from training_materials.models import CoursePage

_UNFINISHED = Group(
    "unfinished",
    _("In the middle of a course"),
    lambda _user: _courses(),
    lambda people, which, _day, _unit: people.filter(
        pk__in=Enrolment.objects.filter(course_key=which, completed_at=None).values("person")
    ),
    needs=(Action.VIEW_LEARNING,),
)


def connect() -> None:
    register(_UNFINISHED)


def _courses() -> list[tuple[str, str]]:
    live = CoursePage.objects.live().order_by("path").values_list("translation_key", "title")
    return [(str(key), title) for key, title in live]
