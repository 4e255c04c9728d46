"""Dossiers at the recogniser's table, decisions and titles."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from evaluation.dossiers.actions import OwnEntry, accept_own_scores, forward, open_dossier, save_own, submit
from evaluation.dossiers.models import Dossier
from evaluation.recognition.actions import confirm, draft_decision, hand_in, issue
from evaluation.recognition.models import Decision, Title
from learning.evidence.files import Upload, inspect
from membership.models import Role, Unit, User
from tests.factories.evaluation import AT
from tests.factories.people import Standing, add_user, grant

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


SCAN = b"%PDF-1.7 scan of the signed decision "


def second_recogniser(unit: Unit) -> User:
    """Who confirms there what another handed in."""
    username = f"second-{unit.pk}"
    found = User.objects.filter(username=username).first()
    if found is None:
        grant(found := add_user(username, "Hồ Thị Xác"), Role.RECOGNISER, unit)
    return found


def scan_of(decision: Decision) -> Upload:
    content = SCAN + str(decision.pk).encode()
    return inspect(ContentFile(content, name="quyet-dinh.pdf"), limit=10_000)


def take_effect(decision: Decision, *, by: User, at: datetime.datetime) -> Decision:
    """Signed on paper: one hands the scan in, a second officer confirms it."""
    copy = hand_in(decision=decision, upload=scan_of(decision), by=by, at=at)
    return confirm(copy=copy, by=second_recogniser(decision.unit), at=at)


def issue_with_effect(*, decision: Decision, by: User, at: datetime.datetime, **given: Any) -> Decision:
    return take_effect(issue(decision=decision, by=by, at=at, **given), by=by, at=at)


def issued(standing: Standing, *dossiers: Dossier, number: str = "125/QĐ-UBND", at: datetime.datetime = AT) -> Decision:
    draft = draft_decision(unit=standing.commune, year=at.year, dossiers=dossiers, by=standing.lan, at=at)
    signature = {"number": number, "signed_on": timezone.localdate(at)}
    signer = {"signer_name": "Đặng Thị Lan", "signer_title": "Chủ tịch"}
    return issue(decision=draft, **signature, **signer, by=standing.lan, at=at)


def in_effect(
    standing: Standing, *dossiers: Dossier, number: str = "125/QĐ-UBND", at: datetime.datetime = AT
) -> Decision:
    return take_effect(issued(standing, *dossiers, number=number, at=at), by=standing.lan, at=at)


def title_of(user: User, standing: Standing, *, at: datetime.datetime = AT) -> Title:
    """A title for the user, by way of everything before it."""
    decision = in_effect(standing, dossier_scored(user, standing, at=at), number=f"{user.pk}/QĐ-DH", at=at)
    return Title.objects.get(decision=decision)
