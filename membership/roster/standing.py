"""Who stands already, for some rows at once: in nine queries, however many rows and people there are."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from membership.models import Contact, Membership, Person, Role, TargetGroupPeriod
from membership.querysets import standing_on
from membership.roster.entries import Entry
from membership.roster.places import Places

# Beyond so many communes in one chunk, to name them costs more than to leave them out.
_COMMUNES_NAMED = 12
_FIELDS = ("pk", "code", "full_name", "folded_name", "birth_year", "birth_day", "citizen_id_hash", "withdrawn_at")


@dataclass
class Known:
    """A person as they stand; ``homes``: where they are a member, as (membership, unit, path), the oldest first.

    ``has_withdrawn``: their consent. ``takes_contacts``: unless they refuse to be called or written to.
    ``is_declared``: nobody but they themselves says that they are a member of any. ``coming``: the units of which they
    will be one from a later day on.
    """

    pk: int
    code: str
    name: str
    folded: str
    year: int | None
    day: str
    digest: str
    has_withdrawn: bool = False
    homes: list[tuple[int, int, str]] = field(default_factory=list)
    group: str = ""
    contacts: set[tuple[str, str]] = field(default_factory=set)
    is_declared: bool = True
    coming: set[int] = field(default_factory=set)
    takes_contacts: bool = True


@dataclass
class Standing:
    by_code: dict[str, Known] = field(default_factory=dict)
    by_digest: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_pk: dict[int, Known] = field(default_factory=dict)


def standing_for(entries: Sequence[Entry], places: Places, day: datetime.date, like: Collection[int] = ()) -> Standing:
    """Whom the entries could mean: by citizen ID, by code, by name within the commune, and who is ``like`` them."""
    bearers = _bearers_of_old_codes(entries)
    others = _known(Person.objects.filter(pk__in={*like, *bearers.values()}))
    people = {known.pk: known for found in (_surely(entries), _named(entries, places, day), others) for known in found}
    for membership, person, unit, path, is_declared, begins in _homes(people):
        if begins > day:
            people[person].coming.add(unit)
        else:
            people[person].homes.append((membership, unit, path))
            people[person].is_declared &= is_declared
    for person, group in TargetGroupPeriod.objects.filter(standing_on(day), person__in=people).values_list(
        "person", "group"
    ):
        people[person].group = group
    for person, kind, value in Contact.objects.filter(person__in=people).values_list("person", "kind", "value"):
        people[person].contacts.add((kind, value))
    for person in Person.objects.refusing("contacts").filter(pk__in=people).values_list("pk", flat=True):
        people[person].takes_contacts = False
    standing = _by_what_they_bear(people)
    standing.by_code |= {code: people[bearer] for code, bearer in bearers.items() if bearer in people}
    return standing


def _bearers_of_old_codes(entries: Sequence[Entry]) -> dict[str, int]:
    """Into whom the record was merged that a code was of: lists and papers keep the old one."""
    merged = Person.objects.filter(code__in={entry.code for entry in entries} - {""}).exclude(merged_into=None)
    return {code: bearer for code, bearer in merged.values_list("code", "merged_into") if bearer}


def _by_what_they_bear(people: dict[int, Known]) -> Standing:
    standing = Standing()
    for known in people.values():
        standing.by_pk[known.pk] = known
        standing.by_code[known.code] = known
        standing.by_name[known.folded].append(known)
        if known.digest:
            standing.by_digest[known.digest] = known
    return standing


def _surely(entries: Sequence[Entry]) -> Iterable[Known]:
    codes = {entry.code for entry in entries} - {""}
    digests = {entry.digest for entry in entries} - {""}
    if not codes and not digests:
        return []
    return _known(Person.objects.filter(Q(code__in=codes) | Q(citizen_id_hash__in=digests)))


def _named(entries: Sequence[Entry], places: Places, day: datetime.date) -> Iterable[Known]:
    unsure = [entry for entry in entries if not entry.code and not entry.is_new]
    named = Person.objects.filter(folded_name__in={entry.folded for entry in unsure})
    communes = {places.by_pk[entry.unit].commune for entry in unsure if entry.unit in places.by_pk}
    members = Membership.objects.on(day).filter(role=Role.MEMBER)
    if 0 < len(communes) <= _COMMUNES_NAMED:
        members = members.filter(reduce(or_, (Q(unit__path__startswith=path) for path in communes)))
    return _known(
        named.filter(pk__in=members.filter(person__folded_name__in={e.folded for e in unsure}).values("person"))
    )


def _known(people: Iterable[Person]) -> Iterable[Known]:
    rows = people.on_record().order_by().values_list(*_FIELDS)  # type: ignore[attr-defined]
    for pk, code, name, folded, year, day, digest, withdrawn_at in rows:
        yield Known(pk, code, name, folded, year, day.isoformat() if day else "", digest, withdrawn_at is not None)


def _homes(people: dict[int, Known]) -> Iterable[tuple[int, int, int, str, bool, datetime.date]]:
    rows = Membership.objects.filter(person__in=people, role=Role.MEMBER, valid_to=None).order_by("valid_from", "pk")
    return rows.values_list("pk", "person", "unit", "unit__path", "is_self_declared", "valid_from")
