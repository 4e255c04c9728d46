import datetime

from django.utils import timezone

from assessments.rules.quiz import QuizRules, counts_late

NOW = timezone.now()
MINUTE = datetime.timedelta(minutes=1)


def test_extra_time_lengthens_the_limit_and_the_closing_cuts_it():
    assert QuizRules(time_limit_minutes=20).due_at(NOW, 50) == NOW + 30 * MINUTE
    closing = QuizRules(time_limit_minutes=20, closes_at=NOW + 10 * MINUTE)
    assert closing.due_at(NOW, 50) == NOW + 10 * MINUTE
    assert QuizRules(closes_at=NOW + MINUTE).due_at(NOW) == NOW + MINUTE
    assert QuizRules().due_at(NOW) is None


def test_a_late_answer_counts_if_it_was_given_in_time_and_in_silence():
    bounds = {"started_at": NOW, "due_at": NOW + 20 * MINUTE}
    assert counts_late(NOW + 19 * MINUTE, last_contact=NOW + 10 * MINUTE, **bounds)
    assert counts_late(NOW + 19 * MINUTE, last_contact=None, **bounds)
    assert not counts_late(NOW + 21 * MINUTE, last_contact=None, **bounds)
    assert not counts_late(NOW - MINUTE, last_contact=None, **bounds)
    assert not counts_late(NOW + 5 * MINUTE, last_contact=NOW + 10 * MINUTE, **bounds)
