"""The records of everybody, as they are compared: read in a stream, in three queries however many they are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Mod

from membership.likeness.records import Population, Record, record_of
from membership.likeness.search import beside, candidates
from membership.likeness.weighing import Candidate
from membership.models import Contact, ContactKind, Membership, Person, Role, Unit, UnitKind

# From so many people it is told how frequent names and years are, where a few rows are looked at.
_SURVEYED = 20_000
_CHUNK = 5_000
# A slip in the year is in one figure, mostly the last two.
_YEARS_AROUND = (-10, -1, 0, 1, 10)


class Communes:
    """In which commune a unit lies; none for those of the province."""

    def __init__(self) -> None:
        self._by_path = dict(Unit.objects.filter(kind=UnitKind.COMMUNE).values_list("path", "pk"))

    def of(self, path: str) -> int | None:
        ends = range(len(path), 0, -Unit.steplen)
        return next((self._by_path[path[:end]] for end in ends if path[:end] in self._by_path), None)

    def paths(self, keys: Iterable[int | None]) -> list[str]:
        wanted = set(keys)
        return [path for path, key in self._by_path.items() if key in wanted]


def search_all(day: datetime.date) -> list[Candidate]:
    """Pairs of people on record who may be one, by their keys, the surest first. Takes minutes where they are many."""
    people = Person.objects.on_record()
    records = list(_read(people, day, Communes()))
    return candidates(records, _counted(records, len(records)))


def survey(day: datetime.date) -> Population:
    """How frequent names, years and communes are, told from some people: enough for ``alike``, made once for many calls
    of it. Three queries."""
    people = Person.objects.on_record()
    total = people.count()
    some = people.annotate(part=Mod("pk", total // _SURVEYED + 1)).filter(part=0)
    return _counted(_read(some, day, Communes()), total)


def alike(rows: Sequence[Record], among: Population, day: datetime.date) -> dict[object, list[Candidate]]:
    """For rows that are about to be entered, by their keys: who on record may be the same person (``other`` of a
    candidate is the key of a Person, ``likeness`` has ``probability`` and ``reasons``), the surest first. A row of
    which nobody reminds is not in it. Whose citizen ID is the same has the probability 1 and stands alone.

    Each row is made by ``records.record_of``: any key, the folded name, what is known of the birth, the commune by
    ``Communes().of(unit.path)``, phones in the form of ``membership.contacts``, the hash of the citizen ID. Looks at
    who is in the communes of the rows, and beyond them at who has the same name and year, day, phone or citizen ID. Six
    queries, however many rows.
    """
    communes = Communes()
    known = list(_read(_worth_a_look(rows, communes, day), day, communes))
    found = beside(rows, known, among)
    return {key: some[:1] if some[0].likeness.probability == 1 else some for key, some in found.items()}


def _worth_a_look(rows: Sequence[Record], communes: Communes, day: datetime.date) -> QuerySet[Person]:
    people = Person.objects.on_record().order_by()
    years = {row.year + step for row in rows if row.year is not None for step in _YEARS_AROUND}
    standing = Membership.objects.on(day)
    paths = communes.paths(row.place for row in rows)
    here = reduce(or_, (standing.filter(unit__path__startswith=path) for path in paths), standing.none())
    phones = Contact.objects.filter(kind=ContactKind.PHONE, value__in={one for row in rows for one in row.contacts})
    names = {" ".join(row.words) for row in rows}
    keys = (
        people.filter(birth_year__in=years, pk__in=here.values("person"))
        .values("pk")
        .union(
            people.filter(birth_year=None, pk__in=here.values("person")).values("pk"),
            people.filter(folded_name__in=names, birth_year__in=years).values("pk"),
            people.filter(birth_day__in={row.day for row in rows if row.day}).values("pk"),
            people.filter(citizen_id_hash__in={row.citizen_id_hash for row in rows} - {""}).values("pk"),
            people.filter(pk__in=phones.values("person")).values("pk"),
        )
    )
    return people.filter(pk__in=keys)


def _counted(records: Iterable[Record], total: int) -> Population:
    among = Population(total)
    for record in records:
        among.add(record)
    return among


def _read(people: QuerySet[Person], day: datetime.date, communes: Communes) -> Iterator[Record]:
    about = people.order_by().values("pk")
    places = _places(about, day, communes)
    contacts = _phones(about)
    rows = people.order_by("pk").values_list("pk", "folded_name", "birth_year", "birth_day", "citizen_id_hash")
    days: dict[datetime.date, datetime.date] = {}
    for key, name, year, born, hashed in rows.iterator(_CHUNK):
        if name:
            yield record_of(
                key, name, year=year, day=born and days.setdefault(born, born), place=places.get(key),
                contacts=contacts.get(key, ()), citizen_id_hash=hashed,
            )  # fmt: skip


def _places(people: QuerySet[Any, Any], day: datetime.date, communes: Communes) -> dict[int, int | None]:
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
