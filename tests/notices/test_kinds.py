"""Every kind that is declared, and dossiers' own: what they say, to whom, and that what they lead to opens."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from evaluation.dossiers import notices as dossiers
from evaluation.dossiers.actions import return_to_person, set_deadline, submit
from notices.actions import send_urgent
from notices.models import Notice
from notices.registries.kinds import kinds
from tests.factories.evaluation import (
    AT,
    YEAR,
    dossier_before_recogniser,
    draft_dossier,
    sample_criteria,
    submitted_dossier,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", kinds.values(), ids=lambda kind: kind.key)
def test_every_kind_is_said_in_vietnamese(kind):
    for words in (kind.title, kind.words, kind.why):
        with override("vi"):
            vietnamese = _filled(words)
        with override("en"):
            assert vietnamese != _filled(words)


def _filled(words):
    """A sentence with a plural asks for its number."""
    return str(words) or str(words % dict.fromkeys(("count", "month", "unit"), 2))


@pytest.fixture
def world(standing):
    sample_criteria()
    return standing


def told(kind):
    return list(Notice.objects.filter(kind=kind.key))


def opens(client, user, notice):
    client.force_login(user)
    return client.get(notice.address, follow=True).status_code == 200


def test_who_gets_a_dossier_back_is_told_until_it_is_handed_in_again(world, client):
    dossier = submitted_dossier(world.an)
    return_to_person(dossier=dossier, reason="Thiếu minh chứng.", by=world.chi, at=AT)
    (notice,) = told(dossiers.RETURNED)
    assert notice.person == world.an.person
    assert opens(client, world.an, notice)
    dossier.refresh_from_db()
    submit(dossier=dossier, by=world.an, at=AT)
    assert send_urgent(at=AT) == 0
    notice.refresh_from_db()
    assert notice.done_at == AT


def test_a_dossier_that_goes_on_is_told_to_its_person(world, client):
    dossier_before_recogniser(world.an, world.chi)
    (notice,) = told(dossiers.FORWARDED)
    assert (notice.person, opens(client, world.an, notice)) == (world.an.person, True)


def test_bodies_hear_once_a_week_of_what_waits(world, client):
    submitted_dossier(world.an)
    assert dossiers.tell_of_waiting(at=AT) == 1
    assert dossiers.tell_of_waiting(at=AT) == 0
    (notice,) = told(dossiers.WAITING)
    assert notice.person == world.chi.person
    assert "1" in notice.words
    assert opens(client, world.chi, notice)


def test_the_last_day_is_told_a_week_and_a_day_before_and_not_to_who_handed_in(world, client):
    last = AT.date() + timedelta(days=20)
    set_deadline(unit=world.association, year=YEAR, last_day=last, by=world.dung, at=AT)
    set_deadline(unit=world.province, year=YEAR, last_day=last - timedelta(days=9), by=world.giang, at=AT)
    dossier = draft_dossier(world.an)
    days = [dossiers.tell_of_deadlines(at=AT + timedelta(days=day)) for day in range(22)]
    assert [day for day, count in enumerate(days) if count] == [13, 19]
    assert opens(client, world.an, told(dossiers.DEADLINE)[0])
    dossier.refresh_from_db()
    submit(dossier=dossier, by=world.an, at=AT)
    assert send_urgent(at=AT + timedelta(days=20)) == 0
