"""Groups of people whom an office can call, invite or write to. Calls go down, this registry goes up: an app adds in
its ``AppConfig.ready`` the groups that it knows; who only took part in what it knows, and who lacks what it counts,
are groups as well.

A group that is chosen is told by one text: the key of its kind, a colon, and which of that kind. It is kept with what
was made of it, so a key never changes.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise

from membership.models import Person, Unit
from membership.policy import AnyUser
from membership.querysets import PersonQuerySet

Text = str | Promise


@dataclass(frozen=True)
class Group:
    """``offered`` gives which groups of the kind there are for the user, each with its name; ``narrowed`` leaves of
    people who belong to a unit on the day those of the group."""

    key: str
    label: Text
    offered: Callable[[AnyUser], Sequence[tuple[str, Text]]]
    narrowed: Callable[[PersonQuerySet, str, datetime.date, Unit], PersonQuerySet]


class Chosen(NamedTuple):
    group: str
    name: str


GROUPS: dict[str, Group] = {}


def register(group: Group) -> None:
    GROUPS[group.key] = group


def choices(user: AnyUser) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """For a field of a form, by kind."""
    found = ((group, group.offered(user)) for group in GROUPS.values())
    return [
        (group.label, [(f"{group.key}:{which}", name) for which, name in offered])
        for group, offered in found
        if offered
    ]


def people_of(group: str, unit: Unit, day: datetime.date) -> PersonQuerySet:
    """Who belongs to the unit or beneath it and is of the group, by name: those about whom something may be written. A
    group whose kind is gone has nobody."""
    key, _colon, which = group.partition(":")
    here = Person.objects.belonging_below(unit, day).filter(withdrawn_at=None)
    return GROUPS[key].narrowed(here, which, day, unit) if key in GROUPS else here.none()
