import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from learning.calls.actions import call_out, prepare
from learning.calls.actions.calls import Terms
from learning.calls.models import Called
from learning.evidence.models import Evidence
from learning.sessions.actions import How, move_session, note_attendance
from learning.tracking.registries.dues import dues_of
from membership.registries.groups import Chosen
from notices.models import Notice
from tests.learning.calls.conftest import TODAY
from tests.learning.sessions.test_planning import DAY, planned


def called(standing, session, by):
    now = timezone.now()
    call = prepare(
        token=uuid.uuid4(), unit=standing.chapter, kind="session", key=session.pk, group=Chosen("unit:", "Cả chi hội"),
        terms=Terms(TODAY, TODAY + datetime.timedelta(days=3)), by=by, at=now,
    )  # fmt: skip
    call_out(call=call, by=by, at=now)
    return call


@pytest.fixture
def session(standing):
    found = planned(standing)
    return move_session(session=found, step="announce", by=standing.dung, at=timezone.now())


def test_who_was_there_has_done_it_and_who_says_so_of_themselves_has_not(session, standing):
    call = called(standing, session, standing.chi)
    due = dues_of(standing.an.person_id, TODAY)[0]
    assert due.url == f"/buoi-tap-huan/{session.pk}/"
    asked = {"session": session, "how": How.LIST, "at": session.starts_at + DAY / 24}
    note_attendance(people=[standing.an.person], by=standing.dung, **asked)
    note_attendance(people=[standing.dung.person], by=standing.dung, **asked)
    assert Evidence.objects.count() == 2
    Called.objects.create(call=call, person=standing.dung.person)
    done = {row.person_id: row.done_on for row in call.people.with_state()}
    assert done[standing.an.person_id] == timezone.localdate(session.starts_at)
    assert done[standing.chi.person_id] is done[standing.dung.person_id] is None


def test_a_cancelled_session_cancels_the_call_and_each_is_told_once(session, standing):
    called(standing, session, standing.chi)
    for _twice in range(2):
        move_session(session=session, step="cancel", by=standing.dung, at=timezone.now())
    assert dues_of(standing.an.person_id, TODAY) == []
    assert Notice.objects.filter(person=standing.an.person, kind="call-cancelled").count() == 1


def test_nobody_calls_to_what_is_not_announced_to_them(standing):
    with pytest.raises(ValidationError):
        called(standing, planned(standing), standing.chi)
    theirs = planned(standing, unit=standing.foreign_association, by=standing.ha)
    move_session(session=theirs, step="announce", by=standing.ha, at=timezone.now())
    with pytest.raises(ValidationError):
        called(standing, theirs, standing.chi)
