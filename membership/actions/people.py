"""People and their target groups."""

import datetime
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from interface.vietnamese import fold, nfc, sort_key
from membership.models import LONGEST_NAME, Membership, Person, Role, TargetGroup, TargetGroupPeriod, Unit, User
from membership.policy import Action, require, require_over
from membership.querysets import standing_on

# No letter or digit that is mistaken for another when read aloud or written by hand.
_CODE_ALPHABET = "23456789ABCDEFGHKMNPRSTUVXY"


@transaction.atomic
def add_person(
    *,
    full_name: str,
    birth_year: int | None,
    group: TargetGroup,
    unit: Unit,
    by: User | None,
    at: datetime.datetime,
    citizen_id: str = "",
    birth_day: datetime.date | None = None,
    beside: Sequence[int] = (),
) -> Person:
    """A new person, member of the unit from today. Not idempotent: a citizen ID, if given, is refused twice.

    ``beside``: the people who look like them and, as whoever enters them says, are somebody else.
    """
    if by is not None:
        require(by, Action.MANAGE_PEOPLE, unit)
    hashed = citizen_id_hash(citizen_id) if citizen_id else ""
    if hashed and Person.objects.filter(citizen_id_hash=hashed, merged_into=None).exists():
        raise ValidationError(_("Someone with this citizen ID is already on record. Look them up instead."))
    names = name_fields(full_name)
    person = Person.objects.create(
        code=new_code(), birth_year=birth_year, birth_day=birth_day, citizen_id_hash=hashed, created_at=at, **names
    )
    day = timezone.localdate(at)
    TargetGroupPeriod.objects.create(person=person, group=group, valid_from=day)
    Membership.objects.create(person=person, unit=unit, role=Role.MEMBER, valid_from=day)
    log(
        instance=person,
        action="membership.add_person",
        user=by,
        title=person_title(person),
        data={"unit": unit.pk, "beside": list(beside)},
    )
    return person


@transaction.atomic
def correct_person(
    *, person: Person, full_name: str, birth_year: int | None, birth_day: datetime.date | None, by: User,
    at: datetime.datetime,
) -> Person:  # fmt: skip
    """Corrects name, birth year and day; the same values change nothing."""
    require_over(by, Action.MANAGE_PEOPLE, person, timezone.localdate(at))
    values = {**name_fields(full_name), "birth_year": birth_year, "birth_day": birth_day}
    if all(getattr(person, field) == value for field, value in values.items()):
        return person
    for field, value in values.items():
        setattr(person, field, value)
    person.save(update_fields=list(values))
    log(instance=person, action="membership.correct_person", user=by, title=person_title(person))
    return person


@transaction.atomic
def change_group(*, person: Person, group: TargetGroup, valid_from: datetime.date, by: User | None) -> None:
    """Closes the group that stands and opens the new one from that day; the same group changes nothing."""
    if by is not None:
        require_over(by, Action.MANAGE_PEOPLE, person, valid_from)
    standing = person.target_groups.filter(standing_on(valid_from)).first()
    if standing and standing.group == group:
        return
    if standing and standing.valid_from == valid_from:  # said twice on one day: the later word holds
        standing.group = group
        standing.save(update_fields=["group"])
    else:
        if standing:
            standing.valid_to = valid_from
            standing.save(update_fields=["valid_to"])
        TargetGroupPeriod.objects.create(person=person, group=group, valid_from=valid_from)
    log(
        instance=person,
        action="membership.change_group",
        user=by,
        title=person_title(person),
        data={"group": group},
    )


def citizen_id_hash(citizen_id: str) -> str:
    """A keyed hash that finds duplicates and tells nothing else."""
    digits = "".join(character for character in citizen_id if character.isdigit())
    return hmac.new(settings.PERSON_HASH_KEY.encode(), digits.encode(), hashlib.sha256).hexdigest()


def person_title(person: Person) -> str:
    """How a log entry calls a person: by number, since what is logged outlives what may be known."""
    return f"person {person.pk}"


def new_code() -> str:
    """A code for a person's record."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _position in range(8))


def name_fields(full_name: str) -> dict[str, str]:
    """The name, and what is searched and sorted by it. Raises ValidationError for none, or one that is too long."""
    name = " ".join(nfc(full_name).split())
    folded, key = fold(name), sort_key(name)
    if not folded:
        raise ValidationError(_("Enter the full name."))
    if max(len(name), len(folded), len(key) // 6) > LONGEST_NAME:  # folded, a ligature is three letters
        raise ValidationError(_("A name has at most %(count)d letters."), params={"count": LONGEST_NAME})
    return {"full_name": name, "folded_name": folded, "sort_key": key}


def hold(*people: Person) -> None:
    """Keeps the rows from others until the transaction ends, and reads them as they are now."""
    list(Person.objects.select_for_update().filter(pk__in=[person.pk for person in people]).order_by("pk"))
    for person in people:
        person.refresh_from_db()
