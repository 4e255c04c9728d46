"""What a list of people brings, written in a few statements for many rows. Each line keeps what undoing needs."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from intake.models import ImportLine
from intake.plan import Outcome
from membership.actions.people import name_fields, new_code
from membership.models import Contact, Membership, Person, Role, TargetGroup, TargetGroupPeriod, User
from membership.roster.entries import Entry
from membership.roster.judging import Verdict, birth_after, contacts_after, judge, name_after
from membership.roster.places import Places
from membership.roster.standing import Known, standing_for

# What is said of a person, each with what has to agree with it.
SAID_TOGETHER = (("full_name", "folded_name", "sort_key"), ("birth_year", "birth_day"), ("citizen_id_hash",))
_PERSON_FIELDS = [name for names in SAID_TOGETHER for name in names]
Judged = tuple[ImportLine, Entry, Known]


def write_verdicts(lines: Sequence[ImportLine], *, places: Places, by: User, at: datetime.datetime) -> None:
    """Judges the lines anew among those who stand now; what would become otherwise than planned is left out."""
    entries = [Entry(**line.content["entry"]) for line in lines]
    planned = [line.content["person"] for line in lines if line.content["person"]]
    list(Person.objects.select_for_update().filter(pk__in=planned).order_by("pk").values_list("pk"))
    day = timezone.localdate(at)
    standing = standing_for(entries, places, day)
    new, changed = [], []
    for line, entry in zip(lines, entries, strict=True):
        verdict = judge(entry, standing, places, by.person_id)
        if not _is_as_planned(line, verdict):
            line.outcome = Outcome.SKIP
            line.reasons = [*line.reasons, _("Meanwhile something changed: read the file again for this line.")]
        elif verdict.known is None:
            new.append((line, entry))
        else:
            changed.append((line, entry, verdict.known))
    _add(new, day, at)
    _change_people(changed)
    _change_groups(changed, day)
    _move(changed, day, places)
    _add_contacts([(line, known.pk, contacts_after(entry, known)) for line, entry, known in changed])


def end_memberships(lines: Sequence[ImportLine], *, places: Places, by: User, at: datetime.datetime) -> None:
    """Of members whom a complete list leaves out; what began today stays, and so does every other role."""
    day, keys = timezone.localdate(at), [line.content["membership"] for line in lines]
    open_ones = Membership.objects.filter(
        pk__in=keys, role=Role.MEMBER, valid_to=None, valid_from__lt=day, unit__in=list(places.by_pk)
    ).exclude(person=by.person_id)
    ending = set(open_ones.values_list("pk", flat=True))
    Membership.objects.filter(pk__in=ending).update(valid_to=day)
    for line in lines:
        line.content["ended_on"] = day.isoformat() if line.content["membership"] in ending else ""
        if line.content["membership"] not in ending:
            line.outcome = Outcome.SKIP
            line.reasons = [*line.reasons, _("Not ended: it began today, or has ended or moved meanwhile.")]


def plain(value: Any) -> Any:
    """As JSON knows it."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def _is_as_planned(line: ImportLine, verdict: Verdict) -> bool:
    person = verdict.known.pk if verdict.known else None
    return (line.outcome, line.content["person"]) == (verdict.outcome, person)


def _add(new: list[tuple[ImportLine, Entry]], day: datetime.date, at: datetime.datetime) -> None:
    codes = _new_codes(len(new))
    people = Person.objects.bulk_create(
        Person(
            code=code, birth_year=entry.year, birth_day=entry.day or None, citizen_id_hash=entry.digest, created_at=at,
            **name_fields(entry.name),
        )
        for (_line, entry), code in zip(new, codes, strict=True)
    )  # fmt: skip
    made = list(zip(new, people, strict=True))
    TargetGroupPeriod.objects.bulk_create(
        TargetGroupPeriod(person=person, group=entry.group or TargetGroup.RESIDENTS, valid_from=day)
        for (_line, entry), person in made
    )
    Membership.objects.bulk_create(
        Membership(person=person, unit_id=entry.unit, role=Role.MEMBER, valid_from=day)
        for (_line, entry), person in made
    )
    for (line, _entry), person in made:
        line.code, line.content["made"] = person.code, person.pk
    _add_contacts([(line, person.pk, entry.contacts) for (line, entry), person in made])


def _new_codes(count: int) -> list[str]:
    """Codes that nobody has: among hundreds of thousands, two drawn by chance may well be alike."""
    codes: set[str] = set()
    while len(codes) < count:
        drawn = {new_code() for _number in range(count - len(codes))}
        codes |= drawn - set(Person.objects.filter(code__in=drawn).values_list("code", flat=True))
    return list(codes)


def _change_people(changed: list[Judged]) -> None:
    standing = Person.objects.in_bulk([known.pk for _line, _entry, known in changed])
    touched = []
    for line, entry, known in changed:
        person = standing[known.pk]
        before = {name: plain(getattr(person, name)) for name in _PERSON_FIELDS}
        year, day = birth_after(entry, known)
        after: dict[str, Any] = {
            **name_fields(name_after(entry, known)), "birth_year": year, "birth_day": day or None,
            "citizen_id_hash": known.digest or entry.digest,
        }  # fmt: skip
        differing = [
            name for names in SAID_TOGETHER if any(before[each] != after[each] for each in names) for name in names
        ]
        if differing:
            line.content["person_before"] = {name: before[name] for name in differing}
            line.content["person_after"] = {name: after[name] for name in differing}
            for name in differing:
                setattr(person, name, after[name])
            touched.append(person)
    Person.objects.bulk_update(touched, _PERSON_FIELDS)


def _change_groups(changed: list[Judged], day: datetime.date) -> None:
    regrouped = [(line, entry, known) for line, entry, known in changed if entry.group not in ("", known.group)]
    periods = TargetGroupPeriod.objects.filter(person__in=[known.pk for _line, _entry, known in regrouped])
    # Said twice on one day, the later word holds.
    periods.filter(valid_from=day).delete()
    periods.filter(valid_to=None, valid_from__lt=day).update(valid_to=day)
    TargetGroupPeriod.objects.bulk_create(
        TargetGroupPeriod(person_id=known.pk, group=entry.group, valid_from=day) for _line, entry, known in regrouped
    )
    for line, _entry, known in regrouped:
        line.content["group_before"], line.content["group_on"] = known.group, day.isoformat()


def _move(changed: list[Judged], day: datetime.date, places: Places) -> None:
    """From the oldest unit of theirs that is within reach; a membership that began today goes, an older one ends."""
    leaving = {}
    for line, entry, known in changed:
        if line.outcome == Outcome.MOVE:
            home = next(pk for pk, unit, _path in known.homes if unit in places.reached)
            leaving[home] = (line, entry, known)
    left = Membership.objects.in_bulk(leaving)
    for key, (line, _entry, _known) in leaving.items():
        line.content["left"] = {
            "membership": key, "unit": left[key].unit_id, "from": left[key].valid_from.isoformat(),
            "is_self_declared": left[key].is_self_declared, "on": day.isoformat(),
        }  # fmt: skip
    Membership.objects.filter(pk__in=leaving, valid_from__gte=day).delete()
    Membership.objects.filter(pk__in=leaving).update(valid_to=day)
    Membership.objects.bulk_create(
        Membership(person_id=known.pk, unit_id=entry.unit, role=Role.MEMBER, valid_from=day)
        for _line, entry, known in leaving.values()
    )


def _add_contacts(added: list[tuple[ImportLine, int, list[tuple[str, str, str]]]]) -> None:
    Contact.objects.bulk_create(
        (
            Contact(person_id=person, kind=kind, value=value, purpose=purpose)
            for _line, person, contacts in added
            for kind, value, purpose in contacts
        ),
        ignore_conflicts=True,
    )
    for line, _person, contacts in added:
        line.content["contacts"] = contacts
