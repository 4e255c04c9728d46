"""Help is never hidden: a dossier that an officer entered is marked wherever it stands by name."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from evaluation.dossiers import actions
from evaluation.dossiers.models import Meeting
from evaluation.recognition.actions import draft_decision
from tests.factories.evaluation import AT, YEAR, member_without_account

MARKS = ("Được nhập giúp", "Cán bộ nhập giúp")


@pytest.fixture
def waiting(world):
    """Entered by Chi for somebody, confirmed, handed in: it waits at the chapter."""
    person = member_without_account(world.chapter)
    dossier = actions.open_dossier(person=person, year=YEAR, by=world.chi, at=AT)
    entries = [actions.OwnEntry(number, Decimal(8)) for number in range(1, 11)]
    actions.save_own(dossier=dossier, entries=entries, by=world.chi, at=AT)
    actions.confirm_assisted(dossier=dossier, code=actions.confirmation_code(dossier), by=world.chi, at=AT)
    return actions.submit(dossier=dossier, by=world.chi, at=AT)


def passed_on(world, dossier):
    for officer in (world.chi, world.dung):
        actions.accept_own_scores(dossier=dossier, by=officer, at=AT)
        actions.forward(dossier=dossier, by=officer, at=AT)
    return dossier


def is_marked(client, user, address):
    client.force_login(user)
    page = client.get(address)
    assert page.status_code == 200, address
    return any(mark in page.content.decode() for mark in MARKS)


def test_in_the_queue_on_its_page_in_the_batch_and_on_paper(world, waiting, client):
    addresses = [
        reverse("dossiers:queue"),
        reverse("dossiers:review", args=[waiting.pk]),
        reverse("dossiers:batch"),
    ]
    assert all(is_marked(client, world.chi, address) for address in addresses)


def test_at_a_meeting(world, waiting, client):
    call = {"held_at": AT, "place": "Nhà văn hóa", "chair": world.chi.person, "secretary": world.an.person}
    meeting = actions.call_meeting(
        step=waiting.current_step, unit=world.chapter, invited=[], dossiers=[waiting], by=world.chi, at=AT, **call
    )
    assert is_marked(client, world.chi, reverse("dossiers:meeting", args=[meeting.pk]))
    actions.close_meeting(
        meeting=meeting, present=[world.chi.person, world.an.person], votes={}, notes="", by=world.chi,
        at=AT + datetime.timedelta(hours=1),
    )  # fmt: skip
    assert Meeting.objects.get().is_closed
    assert is_marked(client, world.chi, reverse("dossiers:meeting", args=[meeting.pk]))


def test_on_the_lists_of_who_recognises(world, waiting, client):
    passed_on(world, waiting)
    actions.accept_own_scores(dossier=waiting, by=world.lan, at=AT)
    assert is_marked(client, world.lan, reverse("dossiers:queue"))
    decision = draft_decision(unit=world.commune, year=YEAR, dossiers=[waiting], by=world.lan, at=AT)
    assert is_marked(client, world.lan, reverse("recognition:decision", args=[decision.pk]))


def test_in_a_sample_and_an_appeal(world, waiting, client):
    passed_on(world, waiting)
    actions.decide(dossier=waiting, is_recognised=False, reason="Chưa đủ", by=world.lan, at=AT)
    sample = actions.draw_sample(unit=world.commune, year=YEAR, percent=100, by=world.giang, at=AT)
    assert is_marked(client, world.giang, reverse("dossiers:sample", args=[sample.pk]))
    appeal = actions.file_appeal(dossier=waiting, reason="Xin xem lại", by=world.chi, at=AT)
    assert is_marked(client, world.giang, reverse("dossiers:appeal", args=[appeal.pk]))
