"""Criteria, chains, evidence and dossiers in the states that tests begin with."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.utils import timezone

from evaluation.criteria.actions import load_sample
from evaluation.criteria.scoring import EvidenceItem
from evaluation.dossiers.actions import (
    OwnEntry,
    accept_own_scores,
    forward,
    load_chains,
    open_dossier,
    save_own,
    submit,
)
from evaluation.dossiers.models import Dossier, ReviewStep
from learning.evidence.kinds import Kind
from learning.evidence.models import EnteredBy, Evidence, Source, Verification
from membership.models import Membership, Person, Role, Unit, User
from tests.factories.people import START, PersonFactory, add_user, grant
from tests.laid import laid_once

AT = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
YEAR = 2026


@laid_once
def sample_criteria() -> None:
    """The sample sets and chains, as set-up loads them, but for the difference to the evidence that needs a reason:
    tests that are about it set it."""
    load_sample(by=None, at=AT)
    load_chains(by=None, at=AT)
    ReviewStep.objects.update(reason_over=None)


def evidence_for(person: Person, **values: object) -> Evidence:
    """A course finished on digital skills, unless said otherwise."""
    defaults = {
        "kind": Kind.COURSE_COMPLETED,
        "title": "Kỹ năng số cơ bản",
        "occurred_at": datetime.datetime(2026, 5, 4, 3, 0, tzinfo=datetime.UTC),
        "recorded_at": AT,
        "score": Decimal("0.9"),
        "topics": ["ky-nang-so"],
        "page_key": uuid.uuid4(),
        "source": Source.SYSTEM,
        "verification": Verification.SERVER_MARKED,
        "entered_by": EnteredBy.OWN_ACCOUNT,
        "source_key": str(uuid.uuid4()),
    }
    return Evidence.objects.create(person=person, **{**defaults, **values})


def draft_dossier(user: User, points: str = "8") -> Dossier:
    """Opened by the person, every indicator scored."""
    dossier = open_dossier(person=user.person, year=YEAR, by=user, at=AT)
    entries = [OwnEntry(number, Decimal(points)) for number in range(1, 11)]
    return save_own(dossier=dossier, entries=entries, by=user, at=AT)


def evidence_items(evidence: Iterable[Evidence]) -> list[EvidenceItem]:
    """Rows as scoring takes them: what ``standing_items`` gives in one query."""
    return [
        EvidenceItem(
            key=str(row.pk),
            kind=row.kind,
            title=row.title,
            occurred_on=timezone.localdate(row.occurred_at),
            verification=row.verification,
            score=row.score,
            topics=tuple(row.topics),
            page_key=str(row.page_key or ""),
            issuer=str(row.details.get("issuer", "")),
        )
        for row in evidence
    ]


def write_one(dossier: Dossier, number: int, by: User, **changes: object) -> Dossier:
    """One indicator written anew, the rest of it as it stands."""
    score = dossier.scores.get(indicator__number=number)
    entry = replace(OwnEntry(number, score.self_points, score.self_note), **changes)
    return save_own(dossier=dossier, entries=[entry], by=by, at=AT)


def submitted_dossier(user: User, points: str = "8") -> Dossier:
    return submit(dossier=draft_dossier(user, points), by=user, at=AT)


def dossier_before_recogniser(user: User, *officers: User, points: str = "8") -> Dossier:
    """Agreed to and forwarded by the officers of each earlier body in turn."""
    dossier = submitted_dossier(user, points)
    for officer in officers:
        accept_own_scores(dossier=dossier, by=officer, at=AT)
        forward(dossier=dossier, by=officer, at=AT)
    return dossier


def another_member(unit: Unit, number: int) -> User:
    user = add_user(f"nguoi-{unit.pk}-{number}", f"Nguyễn Văn Người {number}")
    grant(user, Role.MEMBER, unit)
    return user


def member_without_account(unit: Unit) -> Person:
    person = PersonFactory()
    Membership.objects.create(person=person, unit=unit, role=Role.MEMBER, valid_from=START)
    return person
