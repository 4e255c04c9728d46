import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from membership.models import Membership, Role, Unit, UnitKind
from membership.policy import (
    ADMINISTRATOR_ACTIONS,
    ROLE_ACTIONS,
    STAFF_ROLES,
    UNIT_KINDS_OF_ROLE,
    Action,
    is_staff_member,
    may,
    reach,
    require_over,
    roles_given_by,
)
from tests.factories.people import START, add_user, grant

DAY = datetime.timedelta(days=1)


def places(standing):
    """Own unit, one beneath it, one beside it, the one above it, for a role held in the association."""
    return {
        "own": (standing.association, True),
        "child": (standing.chapter, True),
        "foreign": (standing.foreign_association, False),
        "foreign child": (standing.foreign_chapter, False),
        "parent": (standing.commune, False),
        "top": (standing.province, False),
    }


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(Action))
def test_role_opens_its_actions_in_its_unit_and_beneath(standing, role, action):
    user = add_user("someone", "Lê Thị Ai Đó")
    grant(user, role, standing.association)
    reached = set(Unit.objects.filter(reach(user, action)))
    for place, (unit, is_within) in places(standing).items():
        expected = is_within and action in ROLE_ACTIONS[role]
        assert may(user, action, unit) is expected, place
        assert (unit in reached) is expected, place


@pytest.mark.parametrize("action", list(Action))
def test_ended_and_future_roles_open_nothing(standing, action, today):
    former, coming = add_user("former", "Lê Cũ"), add_user("coming", "Lê Mới")
    for role in ROLE_ACTIONS:
        Membership.objects.create(
            person=former.person, unit=standing.province, role=role, valid_from=START, valid_to=today
        )
        Membership.objects.create(person=coming.person, unit=standing.province, role=role, valid_from=today + DAY)
    for user in (former, coming):
        assert not may(user, action)
        assert not may(user, action, standing.chapter)
        assert not Unit.objects.filter(reach(user, action)).exists()
    assert may(former, Action.VIEW_FIGURES, standing.chapter, on=today - DAY)
    assert may(coming, Action.VIEW_FIGURES, standing.chapter, on=today + DAY)


def test_what_lets_a_province_move_in_is_open_to_these_and_no_others():
    """Spelled out beside the table, so that a line that slips into it is seen here."""
    chapter, commune, province = Role.CHAPTER_OFFICER, Role.COMMUNE_OFFICER, Role.PROVINCE_OFFICER
    doors = {
        Action.MANAGE_UNITS: {commune, province},  # pages, files and maps of units
        Action.MANAGE_PEOPLE: {commune, province},  # rosters, doubles, merges, lists of roles, hand-overs
        Action.GIVE_ACCESS: {chapter, commune, province},  # slips of members, and the second officer's word
        Action.GIVE_OFFICE_ACCESS: {province},  # slips of who holds an office
        Action.ASSIST: {chapter, commune},  # agreements on paper
        Action.PROTECT_DATA: {province},  # requests, the inventory
        Action.SET_UP: set(),  # the first guide, who answers for the site, channels
    }
    for action, roles in doors.items():
        assert {role for role in Role if action in ROLE_ACTIONS[role]} == roles, action
    assert set(doors) - ADMINISTRATOR_ACTIONS == {Action.ASSIST}


@pytest.mark.parametrize("action", list(Action))
def test_visitors_may_nothing(standing, action):
    assert not may(AnonymousUser(), action)
    assert not may(AnonymousUser(), action, standing.chapter)
    assert not Unit.objects.filter(reach(AnonymousUser(), action)).exists()


@pytest.mark.parametrize("action", list(Action))
def test_administrator_sets_things_up_and_sees_no_dossiers(standing, action):
    administrator = add_user("admin", "Dương Quốc Quản", is_superuser=True)
    expected = action in ADMINISTRATOR_ACTIONS
    assert may(administrator, action, standing.chapter) is expected
    assert Unit.objects.filter(reach(administrator, action), pk=standing.chapter.pk).exists() is expected
    assert not may(administrator, Action.VIEW_DOSSIERS)


def test_two_roles_add_up(standing):
    grant(standing.ha, Role.CHAPTER_OFFICER, standing.chapter)
    reached = set(Unit.objects.filter(reach(standing.ha, Action.REVIEW)))
    assert reached == {standing.chapter, standing.foreign_association, standing.foreign_chapter}


def test_reach_follows_a_relation(standing):
    within = Membership.objects.filter(reach(standing.chi, Action.REVIEW, "unit__"))
    assert {membership.person for membership in within} == {standing.an.person, standing.chi.person}


def test_policy_reads_roles_once_for_each_request(standing, django_assert_num_queries):
    user = type(standing.dung).objects.get(pk=standing.dung.pk)
    with django_assert_num_queries(1):
        for action in Action:
            may(user, action, standing.chapter)


def test_every_role_but_membership_counts_as_staff(standing):
    assert not is_staff_member(standing.an)
    assert not is_staff_member(AnonymousUser())
    for user in (standing.binh, standing.chi, standing.dung, standing.lan, standing.giang, standing.minh):
        assert is_staff_member(user)
    assert set(Role) - {Role.MEMBER} == STAFF_ROLES


def test_who_belongs_nowhere_is_for_administrators(standing, today):
    placeless = add_user("placeless", "Lê Không Nơi").person
    administrator = add_user("admin", "Dương Quốc Quản", is_superuser=True)
    require_over(administrator, Action.MANAGE_PEOPLE, placeless, today)
    with pytest.raises(PermissionDenied):
        require_over(standing.dung, Action.MANAGE_PEOPLE, placeless, today)


def test_nobody_gives_a_role_above_their_own(standing):
    assert roles_given_by(standing.dung, standing.chapter) == {Role.MEMBER, Role.CHAPTER_OFFICER}
    assert roles_given_by(standing.dung, standing.foreign_chapter) == set()
    assert Role.PROVINCE_OFFICER not in roles_given_by(standing.giang)
    assert roles_given_by(standing.an) == roles_given_by(AnonymousUser()) == set()


def test_every_role_has_a_place_and_its_actions():
    assert set(UNIT_KINDS_OF_ROLE) == set(ROLE_ACTIONS) == set(Role)
    assert UNIT_KINDS_OF_ROLE[Role.PROVINCE_OFFICER] == {UnitKind.PROVINCE}
