import pytest
from django.utils import timezone

from assessments import actions, periodic
from assessments.models import Attempt


def test_one_attempt_that_cannot_be_looked_at_keeps_no_other_from_it(db, monkeypatch):
    looked_at = []

    def watch(*, attempt, at):
        looked_at.append(attempt)
        if attempt == "first":
            raise ValueError("odd")

    monkeypatch.setattr(actions, "watch", watch)
    monkeypatch.setattr(type(Attempt.objects.all()), "to_watch", lambda _rows: ["first", "second"])
    with pytest.raises(ValueError, match="odd"):
        periodic.watch_attempts(timezone.now())
    assert looked_at == ["first", "second"]
