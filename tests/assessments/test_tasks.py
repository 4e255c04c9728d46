import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessments import actions
from assessments.models import Attempt
from assessments.tasks import close_overdue, close_when_over, regrade_version
from tests.assessments.conftest import add_quiz


@pytest.fixture
def timed(classroom):
    return add_quiz(classroom.course, "Có giờ", [(classroom.topic, 2)], time_limit_minutes=10)


def test_an_overdue_attempt_is_closed_and_closing_again_changes_nothing(classroom, timed):
    attempt = classroom.begin(quiz=timed, at=timezone.now() - datetime.timedelta(hours=1))
    for _ in range(2):
        close_overdue.call(str(attempt.pk))
    assert Attempt.objects.get().finished_at == attempt.due_at


def test_an_attempt_in_time_stays_open(classroom, timed):
    attempt = classroom.begin(quiz=timed)
    close_overdue.call(str(attempt.pk))
    assert Attempt.objects.get().finished_at is None


def test_the_queue_is_asked_to_come_back_after_the_end(classroom, timed, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    attempt = classroom.begin(quiz=timed)
    close_when_over(attempt)
    waiting = DBTaskResult.objects.get(task_path="assessments.tasks.close_overdue")
    assert waiting.run_after > attempt.due_at
    assert waiting.args_kwargs["args"] == [str(attempt.pk)]


def test_without_time_limit_nothing_is_queued(classroom, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    close_when_over(classroom.begin())
    assert not DBTaskResult.objects.filter(task_path="assessments.tasks.close_overdue").exists()


def test_one_attempt_that_cannot_be_marked_anew_keeps_no_other_from_it(db, monkeypatch):
    marked = []

    def regrade(*, attempt, at):
        marked.append(attempt)
        if attempt == "first":
            raise ValueError("odd")

    monkeypatch.setattr(actions, "regrade", regrade)
    monkeypatch.setattr(type(Attempt.objects.all()), "that_asked", lambda _rows, _version: ["first", "second"])
    with pytest.raises(ValueError, match="odd"):
        regrade_version.call(1)
    assert marked == ["first", "second"]
