"""A course with an activity, and somebody enrolled in it."""

from typing import Any

from django.utils import timezone

from learning.tracking.actions import enrol, launch
from learning.tracking.models import ActivityPage, Enrolment, Play
from membership.models import User
from tests.factories.pages import publish
from training_materials.models import CoursePage, Package


def add_activity(course: CoursePage, package: Package, title: str = "Thử sức", **values: Any) -> ActivityPage:
    slug = values.pop("slug", "thu-suc")
    return publish(course, ActivityPage(title=title, slug=slug, package=package, **values))


def enrolled(user: User, course: CoursePage) -> Enrolment:
    assert user.person is not None
    return enrol(person=user.person, course=course, by=user, at=timezone.now())


def launched(user: User, activity: ActivityPage) -> Play:
    enrolment = enrolled(user, CoursePage.objects.get(pk=activity.get_parent().pk))
    return launch(enrolment=enrolment, activity=activity, by=user, at=timezone.now())
