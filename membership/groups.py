"""Whom an office can call, invite or write to, of what this app knows: everybody of a unit, a role, a target group.
Apps above add theirs."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from membership.models import Membership, Role, TargetGroup, TargetGroupPeriod, Unit
from membership.querysets import standing_on
from membership.registries.groups import Group, register

_EVERYBODY = Group(
    "unit",
    _("A whole unit"),
    lambda _user: [("", _("Everybody who belongs to the unit"))],
    lambda people, _which, _day, _unit: people,
)
_ROLE = Group(
    "role",
    _("By role"),
    lambda _user: [("officers", _("Officers, of any role")), *((role.value, role.label) for role in Role)],
    lambda people, which, day, unit: people.filter(pk__in=_holders(which, day, unit)),
)
_TARGET = Group(
    "target",
    _("By target group"),
    lambda _user: list(TargetGroup.choices),
    lambda people, which, day, _unit: people.filter(
        pk__in=TargetGroupPeriod.objects.filter(standing_on(day), group=which).values("person")
    ),
)


def connect() -> None:
    for group in (_EVERYBODY, _ROLE, _TARGET):
        register(group)


def _holders(which: str, day: datetime.date, unit: Unit) -> QuerySet[Membership, Any]:
    held = Membership.objects.on(day).filter(unit__path__startswith=unit.path)
    return (held.exclude(role=Role.MEMBER) if which == "officers" else held.filter(role=which)).values("person")
