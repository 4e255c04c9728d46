"""Taking back what was handed in: who, until when, and what is left."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from evaluation.dossiers.actions import (
    accept_own_scores,
    call_meeting,
    close_meeting,
    confirm_assisted,
    forward,
    open_dossier,
    return_to_person,
    review_score,
    save_own,
    set_deadline,
    submit,
    withdraw,
)
from evaluation.dossiers.actions.guards import RefusedError, StaleError
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.voting import Vote
from tests.evaluation.dossiers.test_assisting import EIGHTS
from tests.factories.evaluation import AT, YEAR, member_without_account, submitted_dossier
from tests.laid import laid_once

DAY = datetime.timedelta(days=1)


@pytest.fixture
@laid_once
def dossier(world):
    return submitted_dossier(world.an)


def test_it_is_a_draft_again_and_nobody_elses_business(world, dossier):
    withdraw(dossier=dossier, by=world.an, at=AT)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.current_step, dossier.submitted_at) == (Dossier.State.DRAFT, None, None)
    assert not Dossier.objects.visible_to(world.chi).exists()
    assert dossier.scores.filter(self_points=8).count() == 10
    assert ModelLogEntry.objects.filter(action="dossiers.withdraw").count() == 1


def test_twice_is_refused(world, dossier):
    withdraw(dossier=dossier, by=world.an, at=AT)
    with pytest.raises(RefusedError):
        withdraw(dossier=dossier, by=world.an, at=AT)


@pytest.mark.parametrize("name", ["chi", "ha", "lan"])
def test_others_take_nothing_back(world, dossier, name):
    """Nor does the officer who assists there: what the person wrote is the person's."""
    with pytest.raises(PermissionDenied):
        withdraw(dossier=dossier, by=getattr(world, name), at=AT)
    assert ModelLogEntry.objects.filter(action="dossiers.refused").count() == 1


def test_the_officer_who_wrote_it_for_somebody_may(world):
    person = member_without_account(world.chapter)
    dossier = open_dossier(person=person, year=YEAR, by=world.chi, at=AT)
    save_own(dossier=dossier, entries=EIGHTS, by=world.chi, at=AT)
    confirm_assisted(dossier=dossier, by=world.dung, at=AT)
    submit(dossier=dossier, by=world.chi, at=AT)
    withdraw(dossier=dossier, by=world.chi, at=AT)
    assert dossier.state == Dossier.State.DRAFT


def _agree(world, dossier):
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)


def _score_one(world, dossier):
    review_score(dossier=dossier, indicator_number=1, points=7, reason="Ít minh chứng", by=world.chi, at=AT)


def _forward(world, dossier):
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)
    forward(dossier=dossier, by=world.chi, at=AT)


def _call(world, dossier):
    return call_meeting(
        step=dossier.current_step, unit=world.chapter, held_at=AT, place="Nhà văn hóa", chair=world.chi.person,
        secretary=world.dung.person, invited=[], dossiers=[dossier], by=world.chi, at=AT,
    )  # fmt: skip


def _vote_down(world, dossier):
    """Without having scored anything."""
    present, votes = [world.chi.person, world.dung.person], {dossier.pk: Vote(against=2)}
    close_meeting(meeting=_call(world, dossier), present=present, votes=votes, notes="", by=world.chi, at=AT)
    assert dossier.meeting_lines.get().result == "lost"


@pytest.mark.parametrize("begin", [_agree, _score_one, _forward, _call, _vote_down])
def test_once_a_body_has_begun_it_stays(world, dossier, begin):
    begin(world, dossier)
    dossier.refresh_from_db()
    with pytest.raises(RefusedError):
        withdraw(dossier=dossier, by=world.an, at=AT)


def test_after_the_last_day_it_stays(world, dossier):
    set_deadline(unit=world.association, year=YEAR, last_day=AT.date(), by=world.dung, at=AT)
    with pytest.raises(RefusedError):
        withdraw(dossier=dossier, by=world.an, at=AT + DAY)
    withdraw(dossier=dossier, by=world.an, at=AT)


def test_one_that_was_returned_before_is_a_returned_one_again(world, dossier):
    """Figures that a body gave before it was returned are no sign that one has begun anew."""
    accept_own_scores(dossier=dossier, by=world.chi, at=AT)
    return_to_person(dossier=dossier, reason="Bổ sung chỉ số 5", by=world.chi, at=AT)
    submit(dossier=dossier, by=world.an, at=AT + DAY)
    withdraw(dossier=dossier, by=world.an, at=AT + DAY)
    assert dossier.state == Dossier.State.RETURNED
    submit(dossier=dossier, by=world.an, at=AT + DAY)
    assert dossier.state == Dossier.State.IN_REVIEW


def test_a_body_that_has_it_open_meanwhile_is_told(world, dossier):
    opened = Dossier.objects.get(pk=dossier.pk)
    withdraw(dossier=dossier, by=world.an, at=AT)
    with pytest.raises(StaleError):
        forward(dossier=opened, by=world.chi, at=AT)
