"""Dossiers at the recogniser's table, decisions and titles."""

from __future__ import annotations

from decimal import Decimal

from evaluation.dossiers.actions import OwnEntry, accept_own_scores, forward, open_dossier, save_own, submit
from evaluation.dossiers.models import Dossier
from evaluation.recognition.actions import draft_decision, issue
from evaluation.recognition.models import Decision, Title
from membership.models import User
from tests.factories.evaluation import AT, YEAR
from tests.factories.people import Standing

PASSING = ("8",) * 10


def dossier_scored(user: User, standing: Standing, points: tuple[str, ...] = PASSING) -> Dossier:
    """Own scores, one for each indicator, agreed to by Chi and Dũng; now with Lan."""
    dossier = open_dossier(person=user.person, year=YEAR, by=user, at=AT)
    entries = [OwnEntry(number, Decimal(value)) for number, value in enumerate(points, start=1)]
    save_own(dossier=dossier, entries=entries, by=user, at=AT)
    submit(dossier=dossier, by=user, at=AT)
    for officer in (standing.chi, standing.dung):
        accept_own_scores(dossier=dossier, by=officer, at=AT)
        forward(dossier=dossier, by=officer, at=AT)
    return dossier


def issued(standing: Standing, *dossiers: Dossier, number: str = "125/QĐ-UBND") -> Decision:
    decision = draft_decision(unit=standing.commune, year=YEAR, dossiers=dossiers, by=standing.lan, at=AT)
    return issue(
        decision=decision,
        number=number,
        signed_on=AT.date(),
        signer_name="Đặng Thị Lan",
        signer_title="Chủ tịch",
        by=standing.lan,
        at=AT,
    )


def title_of(user: User, standing: Standing) -> Title:
    """A title for the user, by way of everything before it."""
    decision = issued(standing, dossier_scored(user, standing), number=f"{user.pk}/QĐ-UBND")
    return Title.objects.get(decision=decision)
