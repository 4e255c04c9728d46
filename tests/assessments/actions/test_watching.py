import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from assessments import actions
from assessments.models import Attempt, Signal
from assessments.rules.traces import Trace, mark
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, Verification
from learning.tracking.actions import enrol
from membership.models import Person
from tests.assessments.conftest import all_right

LINE = Trace("", "line")


def _handed_in(classroom, user, at, *, minutes=30, trace=LINE):
    enrolment = enrol(person=user.person, course=classroom.course, by=user, at=at)
    attempt = classroom.begin(enrolment=enrolment, by=user, at=at, trace=trace)
    later = at + datetime.timedelta(minutes=minutes)
    return actions.finish(attempt=attempt, by=user, at=later, given=all_right(attempt))


def _verification():
    return Evidence.objects.filter(kind=Kind.QUIZ_PASSED).standing().get().verification


def test_answers_faster_than_reading_lower_the_evidence_and_no_mark(classroom):
    at = timezone.now()
    attempt = _handed_in(classroom, classroom.an, at, minutes=0)
    actions.watch(attempt=attempt.pk, at=at)
    attempt.refresh_from_db()
    assert attempt.is_passed
    assert Signal.objects.get().kind == "too_fast"
    assert _verification() == Verification.NONE
    assert actions.watch(attempt=attempt.pk, at=at) == []


def test_a_person_who_looked_restores_it(classroom):
    at = timezone.now()
    actions.watch(attempt=_handed_in(classroom, classroom.an, at, minutes=0).pk, at=at)
    for _twice in range(2):
        actions.clear_signal(signal=Signal.objects.get(), note="Đã hỏi", by=classroom.standing.binh, at=at)
    assert _verification() == Verification.SERVER_MARKED
    with pytest.raises(PermissionDenied):
        actions.clear_signal(signal=Signal.objects.get(), note="", by=classroom.standing.ha, at=at)


def test_members_on_one_office_line_are_no_suspects(classroom):
    at = timezone.now()
    people = [classroom.an, classroom.standing.chi, classroom.standing.dung]
    for attempt in [_handed_in(classroom, user, at) for user in people]:
        actions.watch(attempt=attempt.pk, at=at)
    assert not Signal.objects.exists()


def test_three_people_on_one_device_within_minutes_are_noticed(classroom):
    at = timezone.now()
    people = [classroom.an, classroom.standing.chi, classroom.standing.dung]
    for attempt in [_handed_in(classroom, user, at, trace=Trace("device", "line")) for user in people]:
        actions.watch(attempt=attempt.pk, at=at)
    assert Signal.objects.filter(kind="same_device").count() == 3
    assert Signal.objects.first().details["people_on_the_line"] == 3


def test_who_withdrew_shields_nobody_and_is_looked_at_when_they_agree_again(classroom):
    at = timezone.now()
    people = [classroom.an, classroom.standing.chi, classroom.standing.dung]
    first, *others = [_handed_in(classroom, user, at, trace=Trace("device", "line")) for user in people]
    Attempt.objects.filter(pk=first.pk).update(is_watched=True)
    Person.objects.filter(pk=classroom.an.person_id).update(withdrawn_at=at)
    for attempt in others:
        actions.watch(attempt=attempt.pk, at=at)
    assert {signal.attempt for signal in Signal.objects.all()} == set(others)
    Person.objects.update(withdrawn_at=None)
    assert list(Attempt.objects.to_watch()) == [first.pk]
    assert [signal.attempt for signal in actions.watch(attempt=first.pk, at=at)] == [first]


def test_traces_are_keyed_by_day_and_emptied_after_one(classroom):
    at = timezone.now()
    today, tomorrow = at.date(), at.date() + datetime.timedelta(days=1)
    assert mark("10.0.0.1", today) != mark("10.0.0.1", tomorrow)
    assert "10.0.0.1" not in mark("10.0.0.1", today)
    _handed_in(classroom, classroom.an, at)
    assert actions.forget_traces(at=at + datetime.timedelta(hours=23)) == 0
    assert actions.forget_traces(at=at + datetime.timedelta(hours=25)) == 1
    assert Attempt.objects.get().address_mark == ""
