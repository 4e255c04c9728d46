"""What changes people, roles and consent. Each action writes one entry in the audit log: ids, never names."""

import datetime
import hashlib
import hmac
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.models import (
    Consent,
    ConsentText,
    FileAccess,
    Membership,
    Person,
    Role,
    TargetGroup,
    TargetGroupPeriod,
    Unit,
    User,
)
from membership.policy import Action, require
from membership.querysets import standing_on
from membership.vietnamese import fold, nfc, sort_key

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
) -> Person:
    """A new person, member of the unit from today. Not idempotent: a citizen ID, if given, is refused twice."""
    if by is not None:
        require(by, Action.MANAGE_PEOPLE, unit)
    name = nfc(full_name)
    hashed = citizen_id_hash(citizen_id) if citizen_id else ""
    if hashed and Person.objects.filter(citizen_id_hash=hashed, merged_into=None).exists():
        raise ValidationError(_("Someone with this citizen ID is already on record. Look them up instead."))
    person = Person.objects.create(
        code=_new_code(),
        full_name=name,
        folded_name=fold(name),
        sort_key=sort_key(name),
        birth_year=birth_year,
        citizen_id_hash=hashed,
        created_at=at,
    )
    day = timezone.localdate(at)
    TargetGroupPeriod.objects.create(person=person, group=group, valid_from=day)
    Membership.objects.create(person=person, unit=unit, role=Role.MEMBER, valid_from=day)
    log(instance=person, action="membership.add_person", user=by, data={"unit": unit.pk})
    return person


@transaction.atomic
def grant_role(
    *, person: Person, unit: Unit, role: Role, valid_from: datetime.date, by: User | None, at: datetime.datetime
) -> Membership:
    """Idempotent: a role that stands open already is returned as it is. Nobody grants a role to themselves."""
    if by is not None:
        require(by, Action.MANAGE_PEOPLE, unit)
        if by.person_id == person.pk:
            raise ValidationError(_("Nobody can give a role to themselves."))
    membership, is_new = Membership.objects.get_or_create(
        person=person, unit=unit, role=role, valid_to=None, defaults={"valid_from": valid_from}
    )
    if is_new:
        log(instance=membership, action="membership.grant_role", user=by, data={"person": person.pk, "role": role})
    return membership


@transaction.atomic
def end_role(*, membership: Membership, valid_to: datetime.date, by: User | None, at: datetime.datetime) -> Membership:
    """Ends a role on a day, the first on which it holds no more."""
    if by is not None:
        require(by, Action.MANAGE_PEOPLE, membership.unit)
    if valid_to <= membership.valid_from:
        raise ValidationError(_("A role cannot end before it began."))
    if membership.valid_to != valid_to:
        membership.valid_to = valid_to
        membership.save(update_fields=["valid_to"])
        log(instance=membership, action="membership.end_role", user=by, data={"until": valid_to.isoformat()})
    return membership


@transaction.atomic
def change_group(*, person: Person, group: TargetGroup, valid_from: datetime.date, by: User | None) -> None:
    """Closes the group that stands and opens the new one from that day; the same group changes nothing."""
    standing = person.target_groups.filter(standing_on(valid_from)).first()
    if standing and standing.group == group:
        return
    if standing:
        standing.valid_to = valid_from
        standing.save(update_fields=["valid_to"])
    TargetGroupPeriod.objects.create(person=person, group=group, valid_from=valid_from)
    log(instance=person, action="membership.change_group", user=by, data={"group": group})


@transaction.atomic
def accept_consent(*, person: Person, text: ConsentText, by: User, at: datetime.datetime) -> Consent:
    """Explicit consent to one version, with its moment; given twice it stays the first."""
    consent, is_new = Consent.objects.get_or_create(
        person=person, text=text, withdrawn_at=None, defaults={"given_at": at}
    )
    if is_new:
        log(instance=consent, action="membership.accept_consent", user=by, data={"version": text.version})
    return consent


def log_file_access(*, user: User, person: Person, what: str, at: datetime.datetime) -> None:
    """Notes who opened whose file; opening one's own is nobody's business."""
    if user.person_id != person.pk:
        FileAccess.objects.create(user=user, person=person, what=what, at=at)


def citizen_id_hash(citizen_id: str) -> str:
    """A keyed hash that finds duplicates and tells nothing else."""
    digits = "".join(character for character in citizen_id if character.isdigit())
    return hmac.new(settings.PERSON_HASH_KEY.encode(), digits.encode(), hashlib.sha256).hexdigest()


def _new_code() -> str:
    return "".join(secrets.choice(_CODE_ALPHABET) for _position in range(8))
