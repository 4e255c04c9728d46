"""Dossiers at the recogniser's table, decisions and titles."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import timezone

from evaluation.dossiers.actions import OwnEntry, accept_own_scores, forward, open_dossier, save_own, submit
from evaluation.dossiers.models import Dossier
from evaluation.recognition.actions import draft_decision, issue
from evaluation.recognition.models import Decision, Title
from membership.models import User
from tests.factories.evaluation import AT
from tests.factories.people import Standing

PASSING = ("8",) * 10


def dossier_scored(
    user: User, standing: Standing, points: tuple[str, ...] = PASSING, *, at: datetime.datetime = AT
) -> Dossier:
    """Own scores, one for each indicator, agreed to by Chi and Dũng; now with Lan."""
    dossier = open_dossier(person=user.person, year=at.year, by=user, at=at)
    entries = [OwnEntry(number, Decimal(value)) for number, value in enumerate(points, start=1)]
    save_own(dossier=dossier, entries=entries, by=user, at=at)
    submit(dossier=dossier, by=user, at=at)
    for officer in (standing.chi, standing.dung):
        accept_own_scores(dossier=dossier, by=officer, at=at, reason="Đúng như minh chứng")
        forward(dossier=dossier, by=officer, at=at)
    return dossier


def issued(standing: Standing, *dossiers: Dossier, number: str = "125/QĐ-UBND", at: datetime.datetime = AT) -> Decision:
    decision = draft_decision(unit=standing.commune, year=at.year, dossiers=dossiers, by=standing.lan, at=at)
    return issue(
        decision=decision,
        number=number,
        signed_on=timezone.localdate(at),
        signer_name="Đặng Thị Lan",
        signer_title="Chủ tịch",
        by=standing.lan,
        at=at,
    )


def title_of(user: User, standing: Standing, *, at: datetime.datetime = AT) -> Title:
    """A title for the user, by way of everything before it."""
    decision = issued(standing, dossier_scored(user, standing, at=at), number=f"{user.pk}/QĐ-DH", at=at)
    return Title.objects.get(decision=decision)
