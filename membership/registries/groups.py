"""Groups of people whom an office can call, invite or write to. Calls go down, this registry goes up: an app adds in
its ``AppConfig.ready`` the groups that it knows; who only took part in what it knows, and who lacks what it counts,
are groups as well.

A group that is chosen is told by one text: the key of its kind, a colon, and which of that kind. It is kept with what
was made of it, so a key never changes.
"""

import datetime
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from membership.models import Person, Unit
from membership.policy import Action, AnyUser, may
from membership.querysets import PersonQuerySet

Text = str | Promise


@dataclass(frozen=True)
class Group:
    """``offered`` gives which groups of the kind there are for the user, each with its name; ``narrowed`` leaves of
    people who belong to a unit on the day those of the group. ``needs``: being of the group tells something of a
    person, so who makes use of it may do these in the unit itself, not just anywhere. ``named``: the name of one that
    no form offers, because a page hands it over; None where the user may not have it. ``turned_to``: who of it turned
    to the unit themselves, so that it may answer them, wherever they belong.
    """

    key: str
    label: Text
    offered: Callable[[AnyUser], Sequence[tuple[str, Text]]]
    narrowed: Callable[[PersonQuerySet, str, datetime.date, Unit], PersonQuerySet]
    needs: Collection[Action] = ()
    named: Callable[[AnyUser, str], Text | None] = lambda _user, _which: None
    written_by_teacher: Callable[[AnyUser, str], Unit | None] = lambda _user, _which: None
    turned_to: Callable[[Unit, str], Collection[int]] = lambda _unit, _which: ()

    def is_open_to(self, user: AnyUser, unit: Unit | None = None) -> bool:
        """In the unit, or, without one, anywhere at all."""
        return all(may(user, action, unit) for action in self.needs)


class Chosen(NamedTuple):
    group: str
    name: str


GROUPS: dict[str, Group] = {}


def register(group: Group) -> None:
    GROUPS[group.key] = group


def choices(user: AnyUser) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """For a field of a form, by kind."""
    found = ((group, group.offered(user)) for group in GROUPS.values() if group.is_open_to(user))
    return [
        (group.label, [(f"{group.key}:{which}", name) for which, name in offered])
        for group, offered in found
        if offered
    ]


def handed_over(user: AnyUser, group: str) -> Chosen | None:
    """What a page handed over, with its name; None where there is none such, or not for this user."""
    key, _colon, which = group.partition(":")
    name = GROUPS[key].named(user, which) if key in GROUPS else None
    return None if name is None else Chosen(group, str(name))


def taught_in(user: AnyUser, group: str) -> Unit | None:
    """The unit in whose name somebody who teaches the group, and needs no office, writes to it."""
    key, _colon, which = group.partition(":")
    return GROUPS[key].written_by_teacher(user, which) if key in GROUPS else None


def people_of(group: str, unit: Unit, day: datetime.date, *, by: AnyUser) -> PersonQuerySet:
    """Who belongs to the unit or beneath it and is of the group, by name: those about whom something may be written. A
    group whose kind is gone has nobody. Raises ValidationError where the group is not open to ``by`` in the unit."""
    return _of_group(Person.objects.belonging_below(unit, day), group, unit, day, by)


def written_to(group: str, unit: Unit, day: datetime.date, *, by: AnyUser) -> PersonQuerySet:
    """``people_of``, and of the group those who turned to the unit from elsewhere: for a letter, and nothing else."""
    key, _colon, which = group.partition(":")
    here = Person.objects.belonging_below(unit, day)
    if outside := GROUPS[key].turned_to(unit, which) if key in GROUPS else ():
        here = Person.objects.listed().filter(Q(pk__in=here.values("pk")) | Q(pk__in=outside))
    return _of_group(here.order_by("sort_key", "pk"), group, unit, day, by)


def _of_group(people: PersonQuerySet, group: str, unit: Unit, day: datetime.date, by: AnyUser) -> PersonQuerySet:
    key, _colon, which = group.partition(":")
    here = people.filter(withdrawn_at=None)
    if (kind := GROUPS.get(key)) is None:
        return here.none()
    if not kind.is_open_to(by, unit):
        raise ValidationError(_("Who is of this group in %(unit)s is not for you to see.") % {"unit": unit.name})
    return kind.narrowed(here, which, day, unit)
