"""Who may do what, where: one table of roles × actions, and one unit-scoped policy over it.

A role held in a unit reaches that unit and all beneath it, from the role's first day until its last; with dossiers, the
units too that are no more and live on wholly there (decision 0141). The same two functions answer "may she?" (``may``)
and "which may she see?" (``reach``), so they cannot disagree.
"""

import datetime
from collections.abc import Iterable
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from membership.belonging import unit_of
from membership.models import Membership, Person, Role, Unit, UnitKind, User
from membership.succession import map_for
from membership.writing import has_withdrawn


class Action(StrEnum):
    PUBLISH_MATERIALS = "publish_materials"
    MANAGE_QUESTIONS = "manage_questions"
    ADD_PACKAGES = "add_packages"
    INSTALL_LIBRARIES = "install_libraries"
    VIEW_LEARNING = "view_learning"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_UNITS = "manage_units"
    SET_UP = "set_up"
    VIEW_PEOPLE = "view_people"
    ASSIST = "assist"
    GIVE_ACCESS = "give_access"
    GIVE_OFFICE_ACCESS = "give_office_access"
    VERIFY_EVIDENCE = "verify_evidence"
    ORGANISE = "organise"
    VIEW_DOSSIERS = "view_dossiers"
    REVIEW = "review"
    RECOGNISE = "recognise"
    MANAGE_CRITERIA = "manage_criteria"
    VIEW_FIGURES = "view_figures"
    ENTER_FIGURES = "enter_figures"
    SET_DEADLINES = "set_deadlines"
    VIEW_AUDIT = "view_audit"
    INSPECT = "inspect"
    HEAR_APPEALS = "hear_appeals"
    SEND_REPORTS = "send_reports"
    PROTECT_DATA = "protect_data"


ROLE_ACTIONS: dict[Role, frozenset[Action]] = {
    Role.MEMBER: frozenset(),
    Role.TRAINER: frozenset(
        {
            Action.PUBLISH_MATERIALS,
            Action.MANAGE_QUESTIONS,
            Action.ADD_PACKAGES,
            Action.VIEW_LEARNING,
            Action.ORGANISE,
        }
    ),
    Role.CHAPTER_OFFICER: frozenset(
        {
            Action.VIEW_PEOPLE,
            Action.ASSIST,
            Action.GIVE_ACCESS,
            Action.ORGANISE,
            Action.VIEW_DOSSIERS,
            Action.REVIEW,
            Action.VIEW_FIGURES,
            Action.SEND_REPORTS,
        }
    ),
    Role.COMMUNE_OFFICER: frozenset(
        {
            Action.VIEW_LEARNING,
            Action.MANAGE_PEOPLE,
            Action.MANAGE_UNITS,
            Action.VIEW_PEOPLE,
            Action.ASSIST,
            Action.GIVE_ACCESS,
            Action.ORGANISE,
            Action.VERIFY_EVIDENCE,
            Action.VIEW_DOSSIERS,
            Action.REVIEW,
            Action.VIEW_FIGURES,
            Action.ENTER_FIGURES,
            Action.SET_DEADLINES,
            Action.SEND_REPORTS,
        }
    ),
    Role.RECOGNISER: frozenset({Action.VIEW_DOSSIERS, Action.REVIEW, Action.RECOGNISE, Action.VIEW_FIGURES}),
    Role.PROVINCE_OFFICER: frozenset(
        {
            Action.VIEW_LEARNING,
            Action.MANAGE_PEOPLE,
            Action.MANAGE_UNITS,
            Action.VIEW_PEOPLE,
            Action.GIVE_ACCESS,
            Action.GIVE_OFFICE_ACCESS,
            Action.ORGANISE,
            Action.VIEW_DOSSIERS,
            Action.MANAGE_CRITERIA,
            Action.VIEW_FIGURES,
            Action.ENTER_FIGURES,
            Action.SET_DEADLINES,
            Action.SEND_REPORTS,
            Action.INSPECT,
            Action.HEAR_APPEALS,
            Action.PROTECT_DATA,
        }
    ),
    Role.AUDITOR: frozenset({Action.VIEW_DOSSIERS, Action.VIEW_FIGURES, Action.VIEW_AUDIT, Action.INSPECT}),
}

# Who runs the machine sets up people, pages and criteria; dossiers stay closed to them.
ADMINISTRATOR_ACTIONS = frozenset(
    {Action.PUBLISH_MATERIALS, Action.MANAGE_QUESTIONS, Action.ADD_PACKAGES, Action.INSTALL_LIBRARIES,
     Action.MANAGE_PEOPLE, Action.MANAGE_UNITS, Action.VIEW_PEOPLE, Action.GIVE_ACCESS, Action.GIVE_OFFICE_ACCESS,
     Action.MANAGE_CRITERIA, Action.VIEW_FIGURES, Action.SET_DEADLINES, Action.SET_UP, Action.PROTECT_DATA}
)  # fmt: skip

# What is done with dossiers passes, with the dossiers of a unit that is no more, to where that lives on.
_PASSED_ON = frozenset(
    {Action.VIEW_DOSSIERS, Action.ASSIST, Action.REVIEW, Action.RECOGNISE, Action.INSPECT, Action.HEAR_APPEALS}
)

STAFF_ROLES = frozenset(Role) - {Role.MEMBER}

# Where each role can be held at all: it opens doors there and beneath, so it must not be given elsewhere.
UNIT_KINDS_OF_ROLE: dict[Role, frozenset[UnitKind]] = {
    Role.MEMBER: frozenset(
        {
            UnitKind.COMMUNE,
            UnitKind.ASSOCIATION,
            UnitKind.CHAPTER,
            UnitKind.AGENCY,
            UnitKind.SCHOOL,
            UnitKind.DEPARTMENT,
            UnitKind.MASS_BODY,
        }
    ),
    Role.TRAINER: frozenset({UnitKind.PROVINCE, UnitKind.COMMUNE, UnitKind.ASSOCIATION}),
    Role.CHAPTER_OFFICER: frozenset(
        {UnitKind.CHAPTER, UnitKind.AGENCY, UnitKind.SCHOOL, UnitKind.DEPARTMENT, UnitKind.MASS_BODY}
    ),
    Role.COMMUNE_OFFICER: frozenset({UnitKind.ASSOCIATION}),
    Role.RECOGNISER: frozenset({UnitKind.COMMUNE, UnitKind.AGENCY, UnitKind.SCHOOL, UnitKind.MASS_BODY}),
    Role.PROVINCE_OFFICER: frozenset({UnitKind.PROVINCE}),
    Role.AUDITOR: frozenset({UnitKind.PROVINCE, UnitKind.COMMUNE}),
}

# Who manages people gives away less than they hold; the rest is for administrators.
_ROLES_GIVEN_BY: dict[Role, frozenset[Role]] = {
    Role.COMMUNE_OFFICER: frozenset({Role.MEMBER, Role.CHAPTER_OFFICER}),
    Role.PROVINCE_OFFICER: frozenset(
        {Role.MEMBER, Role.CHAPTER_OFFICER, Role.COMMUNE_OFFICER, Role.RECOGNISER, Role.TRAINER}
    ),
}

# The groups that open Wagtail's admin; the apps above give them their permissions. Who is in them follows from the
# roles that stand today and from nothing else (``membership.actions.sync_groups``).
TRAINERS = "Trainers"
MODERATORS = "Moderators"
CRITERIA_EDITORS = "Criteria editors"
PEOPLE_EDITORS = "People editors"

GROUPS_OF_ROLE: dict[Role, frozenset[str]] = {
    Role.TRAINER: frozenset({TRAINERS}),
    Role.COMMUNE_OFFICER: frozenset({PEOPLE_EDITORS}),
    Role.PROVINCE_OFFICER: frozenset({MODERATORS, CRITERIA_EDITORS, PEOPLE_EDITORS}),
}
ROLE_GROUPS = frozenset().union(*GROUPS_OF_ROLE.values())

AnyUser = User | AnonymousUser


def standing_roles(user: AnyUser, on: datetime.date | None = None) -> list[Membership]:
    """The user's memberships that hold on the day (today), each with its unit; read once for each user object."""
    if not user.is_authenticated:
        return []
    if on is not None:
        return list(Membership.objects.of(user).on(on).select_related("unit"))
    if not hasattr(user, "_standing_roles"):
        today = timezone.localdate()
        user._standing_roles = list(Membership.objects.of(user).on(today).select_related("unit"))
    return user._standing_roles


def roles_for(user: AnyUser, action: Action, on: datetime.date | None = None) -> list[Membership]:
    """The user's roles of the day (today) that bring the action, each with its unit."""
    return [held for held in standing_roles(user, on) if action in ROLE_ACTIONS[Role(held.role)]]


def holders(action: Action, unit: Unit, on: datetime.date) -> set[int]:
    """Keys of the people whose roles of the day let them do the action in the unit."""
    roles = [role for role in Role if action in ROLE_ACTIONS[role]]
    held = Membership.objects.on(on).filter(role__in=roles, unit__path__in=unit.paths_up)
    return set(held.values_list("person_id", flat=True))


def reach(user: AnyUser, action: Action, prefix: str = "", on: datetime.date | None = None) -> Q:
    """A filter on units, or on rows whose unit is at ``prefix`` ("unit__"), where the user may do the action."""
    if _is_administrator_for(user, action):
        return Q()
    within = Q(pk__in=[])
    for held in roles_for(user, action, on):
        left = map_for(user).left_to(held.unit.path) if action in _PASSED_ON else []
        for path in [held.unit.path, *left]:
            within |= Q(**{f"{prefix}path__startswith": path})
    return within


def reach_beneath(user: AnyUser, action: Action) -> Q:
    """A filter on units beneath those in which the user holds a role: nobody does it to their own."""
    if _is_administrator_for(user, action):
        return Q()
    within = Q(pk__in=[])
    for held in roles_for(user, action):
        within |= Q(path__startswith=held.unit.path, depth__gt=held.unit.depth)
    return within


def may(user: AnyUser, action: Action, unit: Unit | None = None, on: datetime.date | None = None) -> bool:
    """Whether the user may do the action in the unit, or, without one, anywhere at all."""
    if _is_administrator_for(user, action):
        return True
    roles = roles_for(user, action, on)
    if unit is None or any(unit.path.startswith(held.unit.path) for held in roles):
        return bool(roles)
    if unit.valid_to is None or action not in _PASSED_ON or not roles:
        return False
    homes = map_for(user).homes(unit.path)
    return any(all(home.startswith(held.unit.path) for home in homes) for held in roles)


def office_for(user: AnyUser, action: Action, unit: Unit) -> Unit | None:
    """The highest unit in whose name the user may do the action there; an administrator acts in that of the whole."""
    if _is_administrator_for(user, action):
        return Unit.objects.get(path=unit.paths_up[0])
    offices = [held.unit for held in roles_for(user, action) if unit.path.startswith(held.unit.path)]
    return min(offices, key=lambda office: office.depth, default=None)


def require(user: AnyUser, action: Action, unit: Unit | None = None) -> None:
    """Raises PermissionDenied unless the user may."""
    if not may(user, action, unit):
        raise PermissionDenied(f"{action} refused")


def may_over(user: AnyUser, action: Action, person: Person, on: datetime.date) -> bool:
    """Whether the user may where the person belongs; lacking a place, administrators only."""
    unit = unit_of(person, on)
    return _is_administrator_for(user, action) if unit is None else may(user, action, unit)


def require_over(user: AnyUser, action: Action, person: Person, on: datetime.date) -> None:
    """Raises PermissionDenied unless the user may."""
    if not may_over(user, action, person, on):
        raise PermissionDenied(f"{action} refused")


def require_consenting(person_id: int) -> None:
    """Raises ValidationError where the person took back what the site needs to write about them, or restricted it;
    nobody does until the transaction in which it is asked ends."""
    if has_withdrawn(person_id):
        raise ValidationError(
            _("Nothing is recorded: this person withdrew their consent, or asked not to use their data for now.")
        )


def roles_given_by(user: AnyUser, unit: Unit | None = None) -> frozenset[Role]:
    """The roles that the user may give and take in the unit, or, without one, anywhere at all."""
    if _is_administrator_for(user, Action.MANAGE_PEOPLE):
        return frozenset(Role)
    given = (
        _ROLES_GIVEN_BY.get(Role(membership.role), frozenset())
        for membership in standing_roles(user)
        if unit is None or unit.path.startswith(membership.unit.path)
    )
    return frozenset().union(*given)


def groups_of(memberships: Iterable[Membership]) -> frozenset[str]:
    """The groups that these roles bring."""
    brought = (GROUPS_OF_ROLE.get(Role(membership.role), frozenset()) for membership in memberships)
    return frozenset().union(*brought)


def is_staff_member(user: AnyUser) -> bool:
    """Whether the user holds any role beyond plain membership today: such accounts need a second factor."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or any(membership.role in STAFF_ROLES for membership in standing_roles(user))


def _is_administrator_for(user: AnyUser, action: Action) -> bool:
    return user.is_authenticated and user.is_superuser and action in ADMINISTRATOR_ACTIONS
