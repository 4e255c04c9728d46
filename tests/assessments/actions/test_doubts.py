"""A course's evidence is no better than the weakest step that counts: doubt about a quiz reaches its course."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from assessments import actions
from assessments.models import Signal
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, Verification
from learning.evidence.pages.sentences import _DOUBTED, provenance
from learning.tracking.models import StepProgress
from tests.assessments.actions.test_watching import _handed_in
from tests.assessments.conftest import add_quiz, all_right

MINUTE = datetime.timedelta(minutes=1)


def _course():
    return Evidence.objects.filter(kind=Kind.COURSE_COMPLETED).standing().get()


def _late(classroom):
    classroom.quiz.unpublish()
    quiz = add_quiz(classroom.course, "Có giờ", [(classroom.topic, 6)], time_limit_minutes=10)
    lapsed = classroom.begin(quiz=quiz, at=timezone.now() - 60 * MINUTE)
    actions.finish(attempt=lapsed, by=None, at=lapsed.due_at + MINUTE)
    given = [actions.Given(one.position, one.answer, 5, lapsed.due_at) for one in all_right(lapsed)]
    actions.take_late(attempt=lapsed.pk, given=given, by=classroom.an, at=timezone.now())
    return quiz


def _clear(classroom):
    for signal in Signal.objects.open():
        actions.clear_signal(signal=signal, note="Đã hỏi", by=classroom.standing.binh, at=timezone.now())


def test_answers_that_came_late_make_their_course_no_better(classroom):
    _late(classroom)
    assert _course().verification == Verification.NONE
    assert str(_DOUBTED) in provenance(_course())


def test_who_looked_vouches_for_the_course_too(classroom):
    _late(classroom)
    _clear(classroom)
    assert _course().verification == Verification.SERVER_MARKED
    assert str(_DOUBTED) not in provenance(_course())


def test_what_is_noticed_later_reaches_the_course_and_leaves_what_was_recorded(classroom):
    at = timezone.now()
    attempt = _handed_in(classroom, classroom.an, at, minutes=0)
    first = _course()
    assert first.verification == Verification.SERVER_MARKED
    actions.watch(attempt=attempt.pk, at=at)
    assert (_course().verification, _course().score) == (Verification.NONE, 1)
    assert Evidence.objects.get(pk=first.pk).verification == Verification.SERVER_MARKED
    _clear(classroom)
    assert _course().verification == Verification.SERVER_MARKED


def test_another_attempt_beyond_doubt_lifts_it(classroom):
    quiz = _late(classroom)
    again = classroom.begin(quiz=quiz)
    actions.finish(attempt=again, by=classroom.an, at=timezone.now(), given=all_right(again)[:5])
    assert (_course().verification, _course().score) == (Verification.SERVER_MARKED, Decimal("0.8333"))
    assert StepProgress.objects.get(step_key=quiz.translation_key).score == Decimal("0.8333")


def test_a_doubted_attempt_takes_nothing_from_one_that_was_passed_before(classroom):
    at = timezone.now()
    passed = classroom.begin(at=at - 60 * MINUTE)
    actions.finish(attempt=passed, by=classroom.an, at=at, given=all_right(passed)[:5])
    actions.watch(attempt=_handed_in(classroom, classroom.an, at, minutes=0).pk, at=at)
    assert (_course().verification, _course().score) == (Verification.SERVER_MARKED, Decimal("0.8333"))


@pytest.mark.parametrize("doubted", ["first", "last"])
def test_one_doubted_quiz_of_two_is_the_weakest(classroom, doubted):
    add_quiz(classroom.course, "Thứ hai", [(classroom.topic, 6)])
    at = timezone.now()
    attempt = _handed_in(classroom, classroom.an, at, minutes=0 if doubted == "first" else 30)
    actions.watch(attempt=attempt.pk, at=at)
    quiz = classroom.course.get_children().get(title="Thứ hai").specific
    last = classroom.begin(quiz=quiz, at=at)
    later = at + datetime.timedelta(minutes=0 if doubted == "last" else 30)
    actions.finish(attempt=last, by=classroom.an, at=later, given=all_right(last))
    actions.watch(attempt=last.pk, at=later)
    assert _course().verification == Verification.NONE
    _clear(classroom)
    assert _course().verification == Verification.SERVER_MARKED
