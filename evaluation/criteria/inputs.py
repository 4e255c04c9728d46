"""What the database holds, as the plain values that scoring takes."""

from collections.abc import Iterable

from django.utils import timezone

from evaluation.criteria.models import CriteriaSet, EvidenceRule, KindCap
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
            issuer=str(row.details.get("issuer", "")),
        )
        for row in evidence
    ]


def rules_of(criteria_set: CriteriaSet) -> list[Rule]:
    """Two queries."""
    rows = EvidenceRule.objects.filter(indicator__criteria_set=criteria_set).select_related("indicator")
    caps = KindCap.objects.filter(indicator__criteria_set=criteria_set)
    kind_caps = {(cap.indicator_id, cap.kind): cap.cap for cap in caps}
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
            issuer=row.issuer,
            date_from=row.date_from,
            date_to=row.date_to,
            within_days=row.within_days,
            kind_cap=kind_caps.get((row.indicator_id, row.kind)),
            indicator_cap=row.indicator.evidence_cap,
        )
        for row in rows
    ]
