"""Whom an office can write to, of what this room knows: who is called and has not done it. The call's page hands them
over; no form offers them."""

import datetime
import uuid
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.calls.models import Call, Called
from membership.models import Unit
from membership.policy import AnyUser
from membership.querysets import PersonQuerySet
from membership.registries.groups import Group, register


def connect() -> None:
    register(Group("called", gettext_lazy("Called, not done yet"), lambda _user: [], _narrowed, named=_named))


def _named(user: AnyUser, which: str) -> str | None:
    call = Call.objects.organised_by(user).filter(pk__in=_key(which), state__in=Call.STANDING).first()
    return _("Called to “%(title)s”, not done yet") % {"title": call.title} if call else None


def _narrowed(people: PersonQuerySet, which: str, _day: datetime.date, _unit: Unit) -> PersonQuerySet:
    rows: Any = Called.objects.filter(call__in=_key(which)).with_state()
    waiting = rows.filter(done_on=None)
    return people.filter(pk__in=waiting.values("person"))


def _key(which: str) -> list[uuid.UUID]:
    """None for what is no key."""
    try:
        return [uuid.UUID(which)]
    except ValueError:
        return []
