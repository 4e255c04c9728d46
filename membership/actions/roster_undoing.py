"""Taking a list of people back: whom nobody has touched since is removed, of all others what it brought ends."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import ForeignObjectRel, Q, QuerySet
from django.utils.translation import gettext as _

from intake.models import ImportLine
from intake.plan import Outcome
from membership.actions.roster_writing import SAID_TOGETHER, plain
from membership.models import Contact, Membership, Person, PossibleDouble, Role, TargetGroup, TargetGroupPeriod

# What comes with every new person; of all else that refers to one, somebody has built upon the record.
_OWN = (Membership, TargetGroupPeriod, Contact)


def undo_lines(lines: Sequence[ImportLine], *, day: datetime.date) -> None:
    _take_back_people([line for line in lines if "made" in line.content], day)
    changed = [line for line in lines if line.content.get("person") and "made" not in line.content]
    _put_people_back([line for line in changed if "person_before" in line.content])
    _put_groups_back([line for line in changed if "group_on" in line.content])
    _put_memberships_back([line for line in changed if "left" in line.content])
    _take_contacts_back(changed)
    _reopen([line for line in changed if line.content.get("ended_on")])


def _take_back_people(lines: list[ImportLine], day: datetime.date) -> None:
    made = {line.content["made"]: line for line in lines}
    untouched = set(made) - _touched(made)
    for model in _OWN:
        _delete(model._default_manager.filter(person__in=untouched))
    _delete(PossibleDouble.objects.of_people(untouched))
    _delete(Person.objects.filter(pk__in=untouched))
    kept = Membership.objects.filter(person__in=made.keys() - untouched, role=Role.MEMBER, valid_to=None)
    members = Membership.objects.filter(pk__in=[row.pk for row in kept if row.unit_id == _unit(made[row.person_id])])
    members.filter(valid_from__lt=day).update(valid_to=day)
    members.filter(valid_from__gte=day).delete()
    for key in made.keys() - untouched:
        made[key].outcome = Outcome.SKIP
        made[key].reasons = [*made[key].reasons, _("Kept, for something hangs on it; what the list gave is ended.")]


def _unit(line: ImportLine) -> Any:
    """Into which the line brought somebody."""
    return line.content["entry"]["unit"]


def _delete(rows: QuerySet[Any]) -> None:
    """In one statement: nothing refers to them, and to look through every app for it again takes most of the time."""
    rows._raw_delete(rows.db)


def _touched(made: dict[int, ImportLine]) -> set[int]:
    """Whose record was changed since, or to whom a row of any app refers beside what the list brought."""
    keys = list(made)
    touched: set[int] = set()
    for relation in _relations():
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": keys})
        if relation.related_model is PossibleDouble:
            rows = rows.exclude(state=PossibleDouble.State.OPEN)
        touched.update(rows.values_list(name, flat=True))
    roles = Membership.objects.filter(person__in=keys).values_list("person", "unit", "role", "valid_to")
    touched.update(key for key, *role in roles if role != [_unit(made[key]), Role.MEMBER, None])
    touched |= _reached_or_regrouped(made)
    for person in Person.objects.in_bulk(keys).values():
        entry = made[person.pk].content["entry"]
        brought = (entry["name"], entry["year"], entry["day"], entry["digest"])
        stands = (person.full_name, person.birth_year, plain(person.birth_day) or "", person.citizen_id_hash)
        if stands != brought or person.merged_into_id:
            touched.add(person.pk)
    return touched


def _reached_or_regrouped(made: dict[int, ImportLine]) -> set[int]:
    """Who has a contact that the list did not bring or that somebody has verified, or another target group."""
    touched = set()
    for contact in Contact.objects.filter(person__in=made):
        brought = made[contact.person_id].content["contacts"]
        is_brought = [contact.kind, contact.value] in [each[:2] for each in brought]
        if not is_brought or contact.verified_at is not None:
            touched.add(contact.person_id)
    for period in TargetGroupPeriod.objects.filter(person__in=made):
        group = made[period.person_id].content["entry"]["group"] or TargetGroup.RESIDENTS
        if (period.group, period.valid_to) != (group, None):
            touched.add(period.person_id)
    return touched


def _relations() -> list[ForeignObjectRel]:
    """All that the database holds to a person, named from there or not. A kept count, which it does not hold, is made
    anew without them; of an open pair nobody has decided anything, it goes along."""
    return [
        field
        for field in Person._meta.get_fields(include_hidden=True)
        if isinstance(field, ForeignObjectRel)
        and not field.many_to_many
        and getattr(field.field, "db_constraint", False)
        and field.related_model not in _OWN
    ]


def _put_people_back(lines: list[ImportLine]) -> None:
    """What somebody has changed since stays as it is, and so does what has to agree with it."""
    keys = [line.content["person"] for line in lines]
    standing = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    for line in lines:
        person, before, after = (line.content[name] for name in ("person", "person_before", "person_after"))
        for together in SAID_TOGETHER:
            names = [name for name in together if name in before]
            if any(plain(getattr(standing[person], name)) != after[name] for name in names):
                _tell(line, _("Changed since, and kept so."))
                continue
            for name in names:
                setattr(standing[person], name, before[name])
    fields = {name for line in lines for name in line.content["person_before"]}
    if fields:
        Person.objects.bulk_update(standing.values(), sorted(fields))


def _put_groups_back(lines: list[ImportLine]) -> None:
    people = {line.content["person"]: line for line in lines}
    on = {line.content["group_on"] for line in lines}
    new = TargetGroupPeriod.objects.filter(person__in=people, valid_from__in=on, valid_to=None)
    theirs = set(new.values_list("person", flat=True))
    new.delete()
    TargetGroupPeriod.objects.filter(person__in=theirs, valid_to__in=on).update(valid_to=None)
    ended_today = set(
        TargetGroupPeriod.objects.filter(person__in=theirs, valid_to=None).values_list("person", flat=True)
    )
    TargetGroupPeriod.objects.bulk_create(
        TargetGroupPeriod(
            person_id=key, group=people[key].content["group_before"], valid_from=people[key].content["group_on"]
        )
        for key in theirs - ended_today
        if people[key].content["group_before"]
    )


def _put_memberships_back(lines: list[ImportLine]) -> None:
    """The new one goes where it still stands as it was made; then the old one is open again."""
    of = {(line.content["person"], line.content["entry"]["unit"]): line for line in lines}
    new = Membership.objects.filter(
        Q(person__in=[person for person, _unit in of]), role=Role.MEMBER, valid_to=None,
        valid_from__in={line.content["left"]["on"] for line in lines},
    )  # fmt: skip
    found = {(row.person_id, row.unit_id): row for row in new if (row.person_id, row.unit_id) in of}
    Membership.objects.filter(pk__in=[row.pk for row in found.values()]).delete()
    given_anew = _open_in(person for person, _unit in found)
    back = [of[key].content for key in found if (key[0], of[key].content["left"]["unit"]) not in given_anew]
    Membership.objects.filter(pk__in=[each["left"]["membership"] for each in back]).update(valid_to=None)
    standing = set(
        Membership.objects.filter(pk__in=[each["left"]["membership"] for each in back]).values_list("pk", flat=True)
    )
    Membership.objects.bulk_create(_as_it_was(each) for each in back if each["left"]["membership"] not in standing)
    for key, line in of.items():
        if key not in found:
            _tell(line, _("Moved on since, and kept so."))
        elif (key[0], line.content["left"]["unit"]) in given_anew:
            _tell(line, _("Changed since, and kept so."))


def _open_in(people: Iterable[int]) -> set[tuple[int, int]]:
    """Who is a member of what by now, or will be: the database holds no second one that is open."""
    rows = Membership.objects.filter(person__in=list(people), role=Role.MEMBER, valid_to=None)
    return set(rows.values_list("person", "unit"))


def _as_it_was(content: dict[str, Any]) -> Membership:
    left = content["left"]
    return Membership(
        person_id=content["person"], unit_id=left["unit"], role=Role.MEMBER, valid_from=left["from"],
        is_self_declared=left["is_self_declared"],
    )  # fmt: skip


def _take_contacts_back(lines: Iterable[ImportLine]) -> None:
    """Those that nobody has verified since."""
    added = {
        (line.content["person"], kind, value)
        for line in lines
        for kind, value, *_purpose in line.content.get("contacts", ())
    }
    rows = Contact.objects.filter(person__in={key[0] for key in added}, verified_at=None)
    found = [row.pk for row in rows if (row.person_id, row.kind, row.value) in added]
    Contact.objects.filter(pk__in=found).delete()


def _reopen(lines: list[ImportLine]) -> None:
    ended = {line.content["membership"]: line for line in lines}
    rows = list(Membership.objects.filter(pk__in=ended).order_by("pk"))
    given_anew = _open_in(row.person_id for row in rows)
    still = []
    for row in rows:  # of two that a merge has made one person's, the first
        place = (row.person_id, row.unit_id)
        if plain(row.valid_to) == ended[row.pk].content["ended_on"] and place not in given_anew:
            still.append(row.pk)
            given_anew.add(place)
    Membership.objects.filter(pk__in=still).update(valid_to=None)
    for key in ended.keys() - set(still):
        _tell(ended[key], _("Changed since, and kept so."))


def _tell(line: ImportLine, reason: str) -> None:
    if reason not in line.reasons:
        line.reasons = [*line.reasons, reason]
