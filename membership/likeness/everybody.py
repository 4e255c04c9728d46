"""The records of everybody, as they are compared: read in a stream, in few queries however many they are."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from membership.likeness.records import Population, Record, record_of
from membership.likeness.search import alike, candidates
from membership.likeness.weighing import Candidate
from membership.models import Contact, ContactKind, Membership, Person, Role, Unit, UnitKind

_CHUNK = 5_000
_SAMPLE = 5_000
# Beyond so many communes at once, to read all who live there costs more than it finds.
_COMMUNES_READ = 12


def search_all(day: datetime.date) -> list[Candidate]:
    """Pairs of people on record who may be one, by their keys, the surest first. Takes minutes where they are many."""
    records = list(Everybody(day).read(Person.objects.on_record()))
    return candidates(records, Population.of(records))


class Everybody:
    """All who are on record on a day."""

    def __init__(self, day: datetime.date) -> None:
        self.day = day

    def like(self, coming: Sequence[Record]) -> list[list[Candidate]]:
        """For each of those who come in, who they may be, the surest first.

        They are looked for among all in their communes and, beyond these, those of their name and birth day, and those
        who share a contact; where the communes are many, among all of their name alone. The rest is for the night.
        """
        return alike(coming, self._near(coming), *self._sample)

    def place_of(self, unit_id: int) -> int | None:
        """The commune in which the unit lies; none for those of the province."""
        commune = self._communes.get(unit_id)
        return commune and commune.pk

    @cached_property
    def _communes(self) -> dict[int, Unit | None]:
        units = list(Unit.objects.only("path", "kind"))
        by_path = {unit.path: unit for unit in units if unit.kind == UnitKind.COMMUNE}
        return {unit.pk: next((by_path[path] for path in unit.paths_up if path in by_path), None) for unit in units}

    @cached_property
    def _sample(self) -> tuple[Population, int]:
        """Every so manieth of them, and how many they are: how frequent a name is need not be counted anew for each who
        comes in."""
        people = Person.objects.on_record()
        found = people.aggregate(first=Min("pk"), last=Max("pk"), size=Count("pk"))
        if found["size"] > _SAMPLE:
            step = (found["last"] - found["first"]) // _SAMPLE + 1
            people = people.filter(pk__in=range(found["first"], found["last"] + 1, step))
        return Population.of(self.read(people)), found["size"]

    def _near(self, coming: Sequence[Record]) -> Iterator[Record]:
        people, seen = Person.objects.on_record(), set()
        places = {record.place for record in coming} - {None}
        named = people.filter(folded_name__in={" ".join(record.words) for record in coming})
        contacts = {contact for record in coming for contact in (*record.contacts, *record.emails)}
        reached = people.filter(pk__in=Contact.objects.filter(value__in=contacts).values("person"))
        digests = people.filter(citizen_id_hash__in={record.citizen_id_hash for record in coming} - {""})
        near = [reached, digests]
        if 0 < len(places) <= _COMMUNES_READ:
            paths = {commune.path for commune in self._communes.values() if commune and commune.pk in places}
            within = reduce(or_, (Q(unit__path__startswith=path) for path in paths))
            near.append(people.filter(pk__in=Membership.objects.on(self.day).filter(within).values("person")))
            named = named.filter(birth_day__in={record.day for record in coming} - {None})
        near.append(named)
        for some in near:
            for record in self.read(some):
                if record.key not in seen:
                    seen.add(record.key)
                    yield record

    def read(self, people: QuerySet[Person]) -> Iterator[Record]:
        about = people.order_by().values("pk")
        places = self._places(about)
        phones, emails, addresses = (_contacts(about, kind) for kind in ContactKind)
        rows = people.order_by("pk").values_list("pk", "folded_name", "birth_year", "birth_day", "citizen_id_hash")
        days: dict[datetime.date, datetime.date] = {}
        for key, name, year, born, hashed in rows.iterator(_CHUNK):
            if name:
                yield record_of(
                    key, name, year=year, day=born and days.setdefault(born, born), place=places.get(key),
                    contacts=phones.get(key, ()), citizen_id_hash=hashed, emails=emails.get(key, ()),
                    address=addresses.get(key, ("",))[0],
                )  # fmt: skip

    def _places(self, people: QuerySet[Any, Any]) -> dict[int, int | None]:
        """Where they are members, else where they hold any role."""
        standing = Membership.objects.on(self.day).filter(person__in=people).order_by("valid_from", "pk")
        places: dict[int, int | None] = {}
        for is_member in (True, False):
            some = standing.filter(role=Role.MEMBER) if is_member else standing.exclude(role=Role.MEMBER)
            for person, unit in some.values_list("person", "unit").iterator(_CHUNK):
                places.setdefault(person, self.place_of(unit))
        return places


def _contacts(people: QuerySet[Any, Any], kind: ContactKind) -> dict[int, tuple[str, ...]]:
    contacts: dict[int, tuple[str, ...]] = {}
    found = Contact.objects.filter(kind=kind, person__in=people)
    for person, value in found.order_by().values_list("person", "value").iterator(_CHUNK):
        contacts[person] = (*contacts.get(person, ()), value)
    return contacts
