"""Somebody's own calendar address: made, renewed, ended. It is theirs alone, so no log tells it."""

from django.db import transaction
from django.db.models import F

from membership.models import Person
from notices.models import CalendarFeed


@transaction.atomic
def renew_feed(*, person: Person) -> CalendarFeed:
    """The address from now on; the one before ends, also one that was ended by hand."""
    feed, _is_new = CalendarFeed.objects.select_for_update().get_or_create(person=person)
    CalendarFeed.objects.filter(pk=feed.pk).update(number=F("number") + 1, is_open=True)
    feed.refresh_from_db()
    return feed


@transaction.atomic
def end_feed(*, person: Person) -> None:
    CalendarFeed.objects.filter(person=person).update(number=F("number") + 1, is_open=False)
