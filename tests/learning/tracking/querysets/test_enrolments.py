from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from learning.tracking.actions import complete_step, enrol, visit
from learning.tracking.models import Enrolment, StepProgress
from learning.tracking.querysets.enrolments import Standing
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


def test_how_one_stands_is_read_exactly_on_either_database(an, school):
    enrolment = enrol(person=an.person, course=school.course, by=an, at=NOW)
    assert StepProgress.objects.standing_in(enrolment) == Standing({}, {}, set(), set())

    visit(enrolment=enrolment, step=school.first, at=NOW)
    complete_step(enrolment=enrolment, step=school.second, at=NOW, score=Decimal("0.8333"))

    second = str(school.second.translation_key)
    assert StepProgress.objects.standing_in(enrolment) == Standing(
        done={second: school.second.live_revision_id},
        scores={second: Decimal("0.8333")},
        begun={str(school.first.translation_key)},
        doubted=set(),
    )
