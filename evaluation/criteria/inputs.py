"""What the database holds, as the plain values that scoring takes."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from evaluation.criteria.models import CriteriaSet, EvidenceRule, KindCap
from evaluation.criteria.scoring import EvidenceItem, Rule
from learning.evidence.kinds import WITHDRAWAL
from learning.evidence.models import Evidence
from learning.evidence.querysets import year_bounds

_COLUMNS = ("pk", "kind", "title", "occurred_at", "verification", "score", "topics", "page_key")
# What a rule says as it is stored.
_SAME = ("kind", "points", "cap", "topic", "topic_name", "least_score", "least_verification", "issuer", "date_from",
         "date_to", "within_days")  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """What a set scores by: its rules, the maximum of each indicator by number, the step."""

    rules: tuple[Rule, ...]
    maxima: Mapping[int, Decimal]
    step: Decimal


def measure_of(criteria_set: CriteriaSet) -> Measure:
    """Three queries; none for a set in force that was read before, for it never changes."""
    if criteria_set.is_draft:
        return _read_measure(criteria_set)
    return _sealed_measure(criteria_set.pk, criteria_set.identifier)


@lru_cache(maxsize=500)
def _sealed_measure(pk: int, identifier: uuid.UUID) -> Measure:
    return _read_measure(CriteriaSet.objects.get(pk=pk, identifier=identifier))


def _read_measure(criteria_set: CriteriaSet) -> Measure:
    maxima = dict(criteria_set.indicators.values_list("number", "maximum"))
    return Measure(tuple(rules_of(criteria_set)), maxima, criteria_set.step)


def standing_items(person_id: int, year: int) -> tuple[list[EvidenceItem], bool]:
    """What stands for the person in the year, and whether anything of theirs was ever corrected or taken back.

    One query of plain values: this runs after every new piece of evidence.
    """
    first, after = year_bounds(year)
    told = Evidence.objects.filter(person=person_id).filter(
        Q(occurred_at__gte=first, occurred_at__lt=after) | Q(supersedes__isnull=False)
    )
    rows = list(told.order_by().values(*_COLUMNS, "supersedes", issuer=KeyTextTransform("issuer", "details")))
    superseded = {row["supersedes"] for row in rows} - {None}
    standing = (row for row in rows if row["pk"] not in superseded and row["kind"] != WITHDRAWAL)
    return [_item(row) for row in standing if first <= row["occurred_at"] < after], bool(superseded)


def item_of(evidence: Evidence) -> EvidenceItem:
    """One piece that was read whole."""
    return _item({name: getattr(evidence, name) for name in _COLUMNS} | {"issuer": evidence.details.get("issuer")})


def _item(row: Mapping[str, Any]) -> EvidenceItem:
    return EvidenceItem(
        key=str(row["pk"]),
        kind=row["kind"],
        title=row["title"],
        occurred_on=timezone.localdate(row["occurred_at"]),
        verification=row["verification"],
        score=row["score"],
        topics=tuple(row["topics"]),
        page_key=str(row["page_key"] or ""),
        issuer=row["issuer"] or "",
    )


def rules_of(criteria_set: CriteriaSet) -> list[Rule]:
    """Two queries."""
    rows = EvidenceRule.objects.filter(indicator__criteria_set=criteria_set).select_related("indicator")
    caps = KindCap.objects.filter(indicator__criteria_set=criteria_set)
    kind_caps = {(cap.indicator_id, cap.kind): cap.cap for cap in caps}
    return [
        Rule(
            key=row.pk,
            indicator=row.indicator.number,
            page_key=str(row.page_key or ""),
            kind_cap=kind_caps.get((row.indicator_id, row.kind)),
            indicator_cap=row.indicator.evidence_cap,
            **{name: getattr(row, name) for name in _SAME},
        )
        for row in rows
    ]
