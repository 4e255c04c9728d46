"""Who comes hears what becomes of it; who does not, hears nothing."""

import datetime

import pytest
from django.utils import timezone

from learning.sessions import notices
from learning.sessions.actions import SessionRefusedError, change_session, move_session, reply
from notices.models import Notice
from tests.learning.sessions.test_planning import go, planned, say


@pytest.fixture
def session(standing):
    session = planned(standing, capacity=1)
    go(session, "announce", standing.dung)
    for who in (standing.an, standing.chi):
        say(session, who)
    say(session, standing.lan, is_coming=False)
    return session


def change(session, by, **values):
    return change_session(session=session, by=by, at=timezone.now(), **values)


def told(kind):
    return list(Notice.objects.filter(kind=kind.key).order_by("person"))


def people(kind):
    return {notice.person_id for notice in told(kind)}


def test_another_day_is_told_to_who_comes_or_waits(session, standing, client):
    change(session, standing.dung, starts_at=session.starts_at + datetime.timedelta(minutes=30), agenda="Mới")
    assert people(notices.CHANGED) == {standing.an.person_id, standing.chi.person_id}
    client.force_login(standing.an)
    assert client.get(told(notices.CHANGED)[0].address).status_code == 200


@pytest.mark.parametrize("changed", [{"agenda": "Đón tiếp"}, {"place": "Nhà văn hóa"}, {}])
def test_what_moves_nobody_is_not_told(session, standing, changed):
    change(session, standing.dung, **changed)
    assert not Notice.objects.exists()


def test_cancelled_twice_it_is_told_once_and_not_to_who_does_not_come(session, standing):
    for _twice in range(2):
        move_session(session=session, step="cancel", by=standing.dung, at=timezone.now())
    assert people(notices.CANCELLED) == {standing.an.person_id, standing.chi.person_id}
    assert len(told(notices.CANCELLED)) == 2


def test_who_moves_up_is_told_and_no_longer_once_they_do_not_come(session, standing):
    say(session, standing.an, is_coming=False)
    (notice,) = told(notices.MOVED_UP)
    assert notice.person_id == standing.chi.person_id
    assert notices.MOVED_UP.still_due().get().pk == notice.subject
    say(session, standing.chi, is_coming=False)
    assert not notices.MOVED_UP.still_due().filter(pk=notice.subject).exists()


def test_more_places_let_people_move_up_and_fewer_take_none_away(session, standing):
    change(session, standing.dung, capacity=2)
    assert people(notices.MOVED_UP) == {standing.chi.person_id}
    with pytest.raises(SessionRefusedError):
        change(session, standing.dung, capacity=1)
    reply(session=session, is_coming=False, by=standing.an, at=timezone.now())
    change(session, standing.dung, capacity=1)
    assert len(told(notices.MOVED_UP)) == 1
