"""Notices of two records that become one, of who is erased, and those that nobody needs any more."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from membership.models import Person, User
from notices.actions.devices import remove_devices
from notices.models import CalendarFeed, Circular, Delivery, Device, Habits, Notice, Preference, Refusal

_KEPT = datetime.timedelta(days=400)  # a year of evaluation, and the days to appeal
_KEPT_ONCE_SETTLED = datetime.timedelta(days=120)


@transaction.atomic
def erase_notices(*, person_ids: Iterable[int], at: datetime.datetime) -> None:
    people = list(person_ids)
    remove_devices(devices=Device.objects.of(people))
    for model in (Delivery, Notice, Preference, Habits, Refusal, CalendarFeed):
        model.objects.filter(person__in=people).delete()


def move_notices(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """What both were told, and chose, stands once: as it is on the record that stays."""
    told_once = {
        Notice: ("kind", "key"),
        Preference: ("kind", "channel"),
        Delivery: ("week",),
        Refusal: ("channel", "address"),
    }
    for model, names in told_once.items():
        same = {name: OuterRef(name) for name in names}
        rows = model._default_manager.filter(person=duplicate)
        rows.filter(Exists(model._default_manager.filter(person=into, **same))).delete()
        rows.update(person=into)
    CalendarFeed.objects.filter(person=duplicate).delete()
    remove_devices(devices=Device.objects.of([duplicate.pk]))
    if not Habits.objects.filter(person=into).exists():
        Habits.objects.filter(person=duplicate).update(person=into)
    Habits.objects.filter(person=duplicate).delete()


def forget_notices(*, at: datetime.datetime) -> int:
    """What is older than a year and a month, or was read or done long ago; how many."""
    old = Notice.objects.filter(at__lt=at - _KEPT)
    settled = Notice.objects.filter(at__lt=at - _KEPT_ONCE_SETTLED, seen_at__isnull=False)
    done = Notice.objects.filter(at__lt=at - _KEPT_ONCE_SETTLED, done_at__isnull=False)
    Delivery.objects.filter(at__lt=at - _KEPT).delete()
    count = sum(rows.delete()[1].get("notices.Notice", 0) for rows in (old, settled, done))
    Circular.objects.filter(sent_at__lt=at - _KEPT, notices=None).delete()
    return count
