"""The records of everybody, as they are compared: read in a stream, in three queries however many they are."""

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


class _Communes:
    """In which commune a unit lies; none for those of the province."""

    def __init__(self) -> None:
        self._by_path = dict(Unit.objects.filter(kind=UnitKind.COMMUNE).values_list("path", "pk"))

    def of(self, path: str) -> int | None:
        ends = range(len(path), 0, -Unit.steplen)
        return next((self._by_path[path[:end]] for end in ends if path[:end] in self._by_path), None)


def search_all(day: datetime.date) -> list[Candidate]:
    """Pairs of people on record who may be one, by their keys, the surest first. Takes minutes where they are many."""
    records = list(_read(Person.objects.on_record(), day))
    return candidates(records, Population.of(records))


def _read(people: QuerySet[Person], day: datetime.date) -> Iterator[Record]:
    about = people.order_by().values("pk")
    places = _places(about, day, _Communes())
    contacts = _phones(about)
    rows = people.order_by("pk").values_list("pk", "folded_name", "birth_year", "birth_day", "citizen_id_hash")
    days: dict[datetime.date, datetime.date] = {}
    for key, name, year, born, hashed in rows.iterator(_CHUNK):
        if name:
            yield record_of(
                key, name, year=year, day=born and days.setdefault(born, born), place=places.get(key),
                contacts=contacts.get(key, ()), citizen_id_hash=hashed,
            )  # fmt: skip


def _places(people: QuerySet[Any, Any], day: datetime.date, communes: _Communes) -> dict[int, int | None]:
    """Where they are members, else where they hold any role."""
    standing = Membership.objects.on(day).filter(person__in=people).order_by("valid_from", "pk")
    paths = dict(Unit.objects.values_list("pk", "path"))
    of_units = {key: communes.of(path) for key, path in paths.items()}
    places: dict[int, int | None] = {}
    for is_member in (True, False):
        some = standing.filter(role=Role.MEMBER) if is_member else standing.exclude(role=Role.MEMBER)
        for person, unit in some.values_list("person", "unit").iterator(_CHUNK):
            places.setdefault(person, of_units[unit])
    return places


def _phones(people: QuerySet[Any, Any]) -> dict[int, tuple[str, ...]]:
    phones: dict[int, tuple[str, ...]] = {}
    found = Contact.objects.filter(kind=ContactKind.PHONE, person__in=people)
    for person, value in found.order_by().values_list("person", "value").iterator(_CHUNK):
        phones[person] = (*phones.get(person, ()), value)
    return phones
