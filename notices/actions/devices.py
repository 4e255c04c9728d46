"""Devices on which somebody wants to be told. They are theirs alone, so no log tells it."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from membership.models import Person
from notices.models import Device
from notices.notices import tell_of_ended_device
from work.actions import forget_letters

MOST = 5  # of one person: more are switched on by none but a program
_KEPT_ONCE_ENDED = datetime.timedelta(days=30)


@transaction.atomic
def switch_on_device(
    *, person: Person, name: str, endpoint: str, p256dh: str, auth: str, at: datetime.datetime
) -> Device:
    """Told again, it is one. A browser tells one person: whoever had it on before hears nothing there any more."""
    remove_devices(devices=Device.objects.filter(endpoint=endpoint).exclude(person=person))
    says = {"p256dh": p256dh, "auth": auth, "made_for": Device.site_key(), "password_mark": Device.mark_of(person.user)}
    device, _is_new = Device.objects.update_or_create(
        endpoint=endpoint,
        defaults={"person": person, "name": name, "added_at": at, "ended_at": None, **says},
    )
    own = Device.objects.filter(person=person).exclude(pk=device.pk)
    remove_devices(devices=own.order_by("-added_at", "pk")[MOST - 1 :])
    return device


@transaction.atomic
def remove_devices(*, devices: Iterable[Device]) -> None:
    """With what still waits for them."""
    keys = [device.pk for device in devices]
    forget_letters(addresses=[str(key) for key in keys])
    Device.objects.filter(pk__in=keys).delete()


@transaction.atomic
def end_device(*, address: str, at: datetime.datetime) -> None:
    """Its push service knows it no more. Its owner reads so on the site, once."""
    device = Device.objects.select_for_update().filter(pk=UUID(address), ended_at=None).first()
    if device:
        device.ended_at = at
        device.save(update_fields=["ended_at"])
        tell_of_ended_device(device=device, at=at)


def forget_devices(*, at: datetime.datetime) -> int:
    """Those that are off: by a new password or another key of the site, or since a month; how many."""
    every = Device.objects.select_related("person__user").iterator()
    off = [one for one in every if not one.is_on and not (one.ended_at and one.ended_at > at - _KEPT_ONCE_ENDED)]
    remove_devices(devices=off)
    return len(off)
