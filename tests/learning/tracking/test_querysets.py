import pytest
from django.contrib.auth.models import AnonymousUser

from learning.tracking.actions import enrol
from learning.tracking.models import Enrolment
from tests.factories.evidence import NOW


@pytest.mark.parametrize(
    ("who", "sees"),
    [("an", True), ("binh", True), ("dung", True), ("giang", True), ("chi", False), ("lan", False), ("minh", False),
     ("ha", False)],
)  # fmt: skip
def test_enrolments_are_seen_by_oneself_and_where_learning_may_be_viewed(standing, school, who, sees):
    enrolment = enrol(person=standing.an.person, course=school.course, by=standing.an, at=NOW)
    assert list(Enrolment.objects.visible_to(getattr(standing, who))) == ([enrolment] if sees else [])


def test_who_is_not_signed_in_sees_none(standing, school, rf):
    enrol(person=standing.an.person, course=school.course, by=standing.an, at=NOW)
    assert not Enrolment.objects.visible_to(AnonymousUser())
