"""What the database holds, as the plain values that scoring takes."""

from collections.abc import Iterable

from django.utils import timezone

from evaluation.criteria.models import CriteriaSet, EvidenceRule
from evaluation.criteria.scoring import EvidenceItem, Rule
from learning.evidence.models import Evidence


def evidence_items(evidence: Iterable[Evidence]) -> list[EvidenceItem]:
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
        )
        for row in evidence
    ]


def rules_of(criteria_set: CriteriaSet) -> list[Rule]:
    """One query."""
    rows = EvidenceRule.objects.filter(indicator__criteria_set=criteria_set).select_related("indicator")
    return [
        Rule(
            key=row.pk,
            indicator=row.indicator.number,
            kind=row.kind,
            points=row.points,
            cap=row.cap,
            topic=row.topic,
            topic_name=row.topic_name,
            page_key=str(row.page_key or ""),
            least_score=row.least_score,
            least_verification=row.least_verification,
        )
        for row in rows
    ]
