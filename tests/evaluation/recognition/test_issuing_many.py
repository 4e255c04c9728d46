"""Thousands on one list: the twin of ``decide`` for sets."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from wagtail.models import ModelLogEntry

from evaluation.dossiers.actions import decide, recognise_many
from evaluation.dossiers.models import Dossier, Review
from evaluation.recognition.actions import draft_decision
from evaluation.recognition.models import Decision, Title
from tests.factories.evaluation import AT, YEAR, another_member, evidence_for
from tests.factories.recognition import dossier_scored, issue_with_effect
from tests.queries import count_queries


@pytest.fixture
def people(world):
    return [world.an, *(another_member(world.chapter, number) for number in range(5))]


def signed(draft, world):
    signature = {"signed_on": AT.date(), "signer_name": "Đặng Thị Lan", "signer_title": "Chủ tịch"}
    return issue_with_effect(decision=draft, number=f"{draft.pk}/QĐ-UBND", **signature, by=world.lan, at=AT)


def without(frozen):
    """What was frozen, but for the keys that differ from row to row; of attached evidence, how much."""
    if isinstance(frozen, list):
        return [without(item) for item in frozen]
    if isinstance(frozen, dict):
        kept = {name: value for name, value in frozen.items() if name not in {"id", "page_key", "evidence"}}
        return {name: len(value) if name == "attached" else without(value) for name, value in kept.items()}
    return frozen


def test_many_leave_the_same_as_one_after_the_other(world, people):
    for person in people[:2]:
        evidence_for(person.person)
    alone, listed = (dossier_scored(person, world) for person in people[:2])
    decide(dossier=alone, is_recognised=True, reason="", by=world.lan, at=AT)
    recognise_many(dossiers=[listed.pk], by=world.lan, at=AT)
    one, other = (Dossier.objects.get(pk=dossier.pk) for dossier in (alone, listed))
    assert (one.state, one.decided_at, one.current_step) == (other.state, other.decided_at, other.current_step)
    assert set(one.frozen) == set(other.frozen)
    for part in ("criteria", "rules", "indicators", "verdict", "decided_at"):
        assert without(one.frozen[part]) == without(other.frozen[part]), part
    assert without(one.frozen["evidence"]) == without(other.frozen["evidence"]) != []
    reviews = [Review.objects.get(dossier=dossier, outcome="recognised") for dossier in (one, other)]
    same = ("step_id", "unit_id", "by_id", "reason", "figures", "meeting_id", "at")
    assert [getattr(reviews[0], name) for name in same] == [getattr(reviews[1], name) for name in same]
    entries = [ModelLogEntry.objects.get(action="dossiers.decide", object_id=str(d.pk)) for d in (one, other)]
    assert (entries[0].data, entries[0].user_id) == (entries[1].data, entries[1].user_id)
    assert {entry.label for entry in entries} == {str(one), str(other)}


def test_issuing_costs_the_same_for_two_as_for_four(world, people):
    dossiers = [dossier_scored(person, world) for person in people]
    few = draft_decision(unit=world.commune, year=YEAR, dossiers=dossiers[:2], by=world.lan, at=AT)
    spent = count_queries(lambda: signed(few, world))
    many = draft_decision(unit=world.commune, year=YEAR, dossiers=dossiers[2:], by=world.lan, at=AT)
    assert count_queries(lambda: signed(many, world)) <= spent
    assert Title.objects.count() == len(people)


def test_one_that_may_not_be_recognised_stops_all(world, people):
    good, own = dossier_scored(world.an, world), dossier_scored(people[1], world)
    stale = dossier_scored(people[2], world)
    Dossier.objects.filter(pk=stale.pk).update(stale_since=AT)
    low = dossier_scored(people[3], world, points=("8",) * 9 + ("4",))
    for bad in (stale, low):
        with pytest.raises(ValidationError):
            recognise_many(dossiers=[good.pk, bad.pk], by=world.lan, at=AT)
    for stranger in (world.dung, world.chi, world.ha, world.an):
        with pytest.raises(PermissionDenied):
            recognise_many(dossiers=[good.pk], by=stranger, at=AT)
    recognise_many(dossiers=[good.pk, own.pk], by=world.lan, at=AT)
    with pytest.raises(ValidationError):  # decided: a second time changes nothing
        recognise_many(dossiers=[good.pk], by=world.lan, at=AT + datetime.timedelta(days=1))
    assert set(Dossier.objects.filter(state="recognised")) == {good, own}


def test_all_who_are_ready_come_on_the_list_at_once(client, world, people):
    client.force_login(world.lan)
    for person in people[:2]:
        dossier_scored(person, world)
    address = reverse("dossiers:queue")
    spent = count_queries(lambda: client.post(address, {"do": "all"}))
    for person in people[2:]:
        dossier_scored(person, world)
    assert count_queries(lambda: client.post(address, {"do": "all"})) <= spent
    assert Decision.objects.get().lines.count() == len(people)
