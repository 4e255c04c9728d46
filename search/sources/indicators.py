"""Which indicators the things on a topic serve, by the rules of the criteria in force."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from evaluation.criteria.models import CriteriaSet


def indicators_of(topics: Iterable[str], day: datetime.date) -> list[int]:
    """Numbers of the indicators for which evidence on any of these topics counts, in any set in force that day."""
    slugs = [slug for slug in topics if slug]
    if not slugs:
        return []
    numbers = CriteriaSet.objects.in_force(day).filter(indicators__rules__topic__in=slugs)
    return sorted(set(numbers.values_list("indicators__number", flat=True)))
