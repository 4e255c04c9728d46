"""What somebody has read. Nothing of it is anybody else's business, so no log tells it."""

import datetime

from django.db import transaction

from membership.models import Person
from notices.models import Delivery, Notice
from notices.querysets import NoticeQuerySet


@transaction.atomic
def mark_seen(*, notice: Notice, at: datetime.datetime) -> None:
    _mark(Notice.objects.filter(pk=notice.pk), at)


@transaction.atomic
def mark_all_seen(*, person: Person, until: datetime.datetime, at: datetime.datetime) -> None:
    """What the page showed that the button was on: what came after that stays unread."""
    _mark(Notice.objects.filter(person=person, at__lte=until), at)


def _mark(notices: NoticeQuerySet[Notice], at: datetime.datetime) -> None:
    seen = list(notices.filter(seen_at=None).values_list("pk", flat=True))
    Notice.objects.filter(pk__in=seen).update(seen_at=at)
    Delivery.objects.filter(notices__in=seen).update(state=Delivery.State.SEEN, at=at)
