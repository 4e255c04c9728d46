"""Counting what was not found. No audit entry: the count is the record, and says nothing of anybody."""

import datetime
import re

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from search.models import MissedSearch
from search.models.missed import MOST_LETTERS

KEPT_DAYS = 365
# What fewer people asked for may point to one of them: it is never shown and soon forgotten.
LEAST = 3
FORGOTTEN_AFTER_DAYS = 30
_TELLING = re.compile(r"@|\d{5,}|(?:\d[\s.-]*){7,}")


@transaction.atomic
def count_missed(*, words: str, at: datetime.datetime) -> bool:
    """One more for these words on this day. What may tell whose they are (long texts, long figures) is dropped."""
    if not words or len(words) > MOST_LETTERS or _TELLING.search(words):
        return False
    row, is_new = MissedSearch.objects.get_or_create(words=words, day=timezone.localdate(at), defaults={"count": 1})
    if not is_new:
        MissedSearch.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return True


@transaction.atomic
def forget_missed(*, at: datetime.datetime) -> int:
    """What is old, and after a month what hardly anybody asked for. Tells how many rows went."""
    today = timezone.localdate(at)
    old = MissedSearch.objects.filter(day__lt=today - datetime.timedelta(days=KEPT_DAYS))
    rare = (
        MissedSearch.objects.values("words")
        .annotate(times=Sum("count"))
        .filter(times__lt=LEAST)
        .values_list("words", flat=True)
    )
    settled = MissedSearch.objects.filter(day__lt=today - datetime.timedelta(days=FORGOTTEN_AFTER_DAYS))
    gone = old.delete()[0]
    return gone + settled.filter(words__in=list(rare)).delete()[0]
