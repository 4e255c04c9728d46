"""The records of everybody, as they are compared: read in a stream, in five queries however many they are."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from membership.likeness.records import Population, Record, record_of
from membership.likeness.search import candidates
from membership.likeness.weighing import Candidate
from membership.models import Contact, ContactKind, Membership, Person, Role, Unit, UnitKind

_CHUNK = 5_000


def search_all(day: datetime.date) -> list[Candidate]:
    """Pairs of people on record who may be one, by their keys, the surest first. Takes minutes where they are many."""
    records = list(_read(Person.objects.on_record(), day))
    return candidates(records, Population.of(records))


def _read(people: QuerySet[Person], day: datetime.date) -> Iterator[Record]:
    about = people.order_by().values("pk")
    places, contacts = _places(about, day), _phones(about)
    rows = people.order_by("pk").values_list("pk", "folded_name", "birth_year", "birth_day", "citizen_id_hash")
    days: dict[datetime.date, datetime.date] = {}
    for key, name, year, born, hashed in rows.iterator(_CHUNK):
        if name:
            yield record_of(
                key, name, year=year, day=born and days.setdefault(born, born), place=places.get(key),
                contacts=contacts.get(key, ()), citizen_id_hash=hashed,
            )  # fmt: skip


def _places(people: QuerySet[Any, Any], day: datetime.date) -> dict[int, int | None]:
    """Where they are members, else where they hold any role."""
    standing = Membership.objects.on(day).filter(person__in=people).order_by("valid_from", "pk")
    communes = _communes()
    places: dict[int, int | None] = {}
    for is_member in (True, False):
        some = standing.filter(role=Role.MEMBER) if is_member else standing.exclude(role=Role.MEMBER)
        for person, unit in some.values_list("person", "unit").iterator(_CHUNK):
            places.setdefault(person, communes[unit])
    return places


def _communes() -> dict[int, int | None]:
    """In which commune each unit lies; none for those of the province."""
    units = list(Unit.objects.only("path", "kind"))
    by_path = {unit.path: unit.pk for unit in units if unit.kind == UnitKind.COMMUNE}
    return {unit.pk: next((by_path[path] for path in unit.paths_up if path in by_path), None) for unit in units}


def _phones(people: QuerySet[Any, Any]) -> dict[int, tuple[str, ...]]:
    phones: dict[int, tuple[str, ...]] = {}
    found = Contact.objects.filter(kind=ContactKind.PHONE, person__in=people)
    for person, value in found.order_by().values_list("person", "value").iterator(_CHUNK):
        phones[person] = (*phones.get(person, ()), value)
    return phones
