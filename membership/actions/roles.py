"""Roles from–until, and the groups of Wagtail's admin that follow from them."""

import datetime

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from membership.actions.slips import end_slips
from membership.models import Membership, Person, Role, Unit, UnitKind, User
from membership.policy import (
    GROUPS_OF_ROLE,
    ROLE_GROUPS,
    STAFF_ROLES,
    UNIT_KINDS_OF_ROLE,
    Action,
    groups_of,
    require,
    roles_given_by,
    standing_roles,
)
from membership.querysets import ending_after, standing_on


@transaction.atomic
def grant_role(
    *, person: Person, unit: Unit, role: Role, valid_from: datetime.date, by: User | None, at: datetime.datetime
) -> Membership:
    """Idempotent: a role that stands open already is returned as it is. Nobody grants a role to themselves.

    An office ends the slip that is out: whoever printed it knows its code, and could not print one for the office.
    """
    if by is not None:
        _require_giver(by, role, unit)
        if by.person_id == person.pk:
            raise ValidationError(_("Nobody can give a role to themselves."))
    if UnitKind(unit.kind) not in UNIT_KINDS_OF_ROLE[role]:
        raise ValidationError(_("This role cannot be held in a unit of this kind."))
    # Held, so that a slip which is just being printed is ended too.
    _require_holder(Person.objects.select_for_update().get(pk=person.pk), role)
    if not Unit.objects.filter(standing_on(valid_from), pk=unit.pk).exists():
        raise ValidationError(_("The unit does not exist on that day."))
    membership, is_new = Membership.objects.get_or_create(
        person=person, unit=unit, role=role, valid_to=None, defaults={"valid_from": valid_from}
    )
    if is_new:
        if role in STAFF_ROLES:
            end_slips(person=person, at=at)
        log(
            instance=membership,
            action="membership.grant_role",
            user=by,
            title=_title(membership),
            data={"person": person.pk, "unit": unit.pk, "role": role},
        )
        _match_groups(membership, at)
    return membership


@transaction.atomic
def end_role(*, membership: Membership, valid_to: datetime.date, by: User | None, at: datetime.datetime) -> Membership:
    """Ends a role on a day, the first on which it holds no more."""
    if by is not None:
        _require_giver(by, Role(membership.role), membership.unit)
    if valid_to <= membership.valid_from:
        raise ValidationError(_("A role cannot end before it began."))
    if membership.valid_to != valid_to:
        membership.valid_to = valid_to
        membership.save(update_fields=["valid_to"])
        log(
            instance=membership,
            action="membership.end_role",
            user=by,
            title=_title(membership),
            data={"until": valid_to.isoformat()},
        )
        _match_groups(membership, at)
    return membership


@transaction.atomic
def take_role_back(*, membership: Membership, by: User, at: datetime.datetime) -> None:
    """Of one that was given by mistake: it is gone if it has not been held for a day yet, else it ends today."""
    _require_giver(by, Role(membership.role), membership.unit)
    today = timezone.localdate(at)
    if membership.valid_from < today:
        if membership.valid_to is None or membership.valid_to > today:
            end_role(membership=membership, valid_to=today, by=by, at=at)
        return
    log(instance=membership, action="membership.take_role_back", user=by, title=_title(membership))
    membership.delete()
    _match_groups(membership, at)


@transaction.atomic
def put_end_back(
    *, membership: Membership, valid_to: datetime.date | None, by: User, at: datetime.datetime
) -> Membership:
    """Of a role that was ended by mistake: it ends when it would have, or goes on. Nobody does it for themselves."""
    _require_giver(by, Role(membership.role), membership.unit)
    if by.person_id == membership.person_id:
        raise ValidationError(_("Nobody can give a role to themselves."))
    if not Unit.objects.on(timezone.localdate(at)).filter(pk=membership.unit_id).exists():
        raise ValidationError(_("The unit does not exist on that day."))
    own = Membership.objects.filter(person=membership.person_id, unit=membership.unit_id, role=membership.role)
    meanwhile = own.filter(ending_after(membership.valid_from), valid_from__lt=valid_to or datetime.date.max)
    if meanwhile.exclude(pk=membership.pk).exists():
        raise ValidationError(_("This role was given anew since."))
    membership.valid_to = valid_to
    membership.save(update_fields=["valid_to"])
    log(instance=membership, action="membership.put_end_back", user=by, title=_title(membership))
    _match_groups(membership, at)
    return membership


@transaction.atomic
def confirm_membership(*, membership: Membership, by: User, at: datetime.datetime) -> Membership:
    """An officer confirms what a citizen declared when signing up; confirmed twice it stays confirmed. Never their
    own; nor what was declined, or left for another chapter, while the officer looked at it."""
    is_plain = membership.role == Role.MEMBER
    require(by, Action.GIVE_ACCESS if is_plain else Action.MANAGE_PEOPLE, membership.unit)
    if by.person_id == membership.person_id:
        raise ValidationError(_("This is your own membership: ask another officer to confirm it."))
    standing = Membership.objects.select_for_update().filter(pk=membership.pk)
    if not standing.filter(ending_after(timezone.localdate(at))).exists():
        raise ValidationError(_("This person no longer waits here: they were declined, or named another chapter."))
    membership.refresh_from_db(fields=["is_self_declared"])
    if membership.is_self_declared:
        membership.is_self_declared = False
        membership.save(update_fields=["is_self_declared"])
        log(instance=membership, action="membership.confirm_membership", user=by, title=_title(membership))
    return membership


def sync_groups(*, user: User, at: datetime.datetime) -> bool:
    """Puts the user into exactly the groups that today's roles bring; tells whether anything changed.

    Asked on every page of the admin: where nothing changes, it takes no lock.
    """
    due = groups_of(standing_roles(user, timezone.localdate(at)))
    held = frozenset(user.groups.filter(name__in=ROLE_GROUPS).values_list("name", flat=True))
    if due != held:
        _change_groups(user, held, due)
    return due != held


def sync_all_groups(*, at: datetime.datetime) -> int:
    """The same for everybody who is in one of those groups or whose role brings one, seen in the admin or not: mail to
    who moderates goes by the groups. Gives how many accounts changed.
    """
    due = Membership.objects.on(timezone.localdate(at)).filter(role__in=GROUPS_OF_ROLE).values("person")
    concerned = User.objects.filter(Q(groups__name__in=ROLE_GROUPS) | Q(person__in=due)).distinct()
    return sum(sync_groups(user=user, at=at) for user in concerned)


@transaction.atomic
def _change_groups(user: User, held: frozenset[str], due: frozenset[str]) -> None:
    user.groups.remove(*Group.objects.filter(name__in=held - due))
    user.groups.add(*[_group(name) for name in sorted(due - held)])
    data = {"groups": sorted(due)}
    log(instance=user, action="membership.sync_groups", title=f"user {user.pk}", data=data)


def _match_groups(membership: Membership, at: datetime.datetime) -> None:
    if membership.role in GROUPS_OF_ROLE:
        for user in User.objects.filter(person=membership.person_id):
            sync_groups(user=user, at=at)


def _require_holder(person: Person, role: Role) -> None:
    if person.merged_into_id:
        raise ValidationError(_("This record was merged into another one. Give the role there."))
    if role in STAFF_ROLES and person.restricted_at:
        raise ValidationError(_("This person asked that their data be not used for now: no office until it is lifted."))


def _require_giver(by: User, role: Role, unit: Unit) -> None:
    require(by, Action.MANAGE_PEOPLE, unit)
    if role not in roles_given_by(by, unit):
        raise PermissionDenied(f"giving {role} refused")


def _group(name: str) -> Group:
    """The group, made where it is missing, with the key to the admin's door; apps give it what lies behind."""
    group, is_new = Group.objects.get_or_create(name=name)
    if is_new:
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    return group


def _title(membership: Membership) -> str:
    return f"membership {membership.pk}"
