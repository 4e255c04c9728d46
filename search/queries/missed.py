"""What people searched and did not find, summed up so that nobody is told apart."""

import datetime
from typing import Any

from django.db.models import Max, QuerySet, Sum

from search.actions.words import LEAST
from search.models import MissedSearch

REPORTED_DAYS = 90


def missed_often(today: datetime.date) -> QuerySet[Any, Any]:
    """Words that were searched in vain at least so many times in the last three months, the most wanted first."""
    since = today - datetime.timedelta(days=REPORTED_DAYS)
    counted = MissedSearch.objects.filter(day__gt=since).values("words").annotate(times=Sum("count"), last=Max("day"))
    return counted.filter(times__gte=LEAST).order_by("-times", "words")
