import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from membership.actions import confirm_membership, end_role, grant_role, sync_groups
from membership.models import Membership, Role
from membership.periodic import end_roles
from membership.policy import CRITERIA_EDITORS, GROUPS_OF_ROLE, MODERATORS, PEOPLE_EDITORS, TRAINERS
from tests.factories.people import START

DAY = datetime.timedelta(days=1)


def groups(user):
    return set(user.groups.values_list("name", flat=True))


def test_officer_gives_a_role_in_the_unit(standing, at, today):
    membership = grant_role(
        person=standing.an.person, unit=standing.chapter, role=Role.CHAPTER_OFFICER, valid_from=today,
        by=standing.dung, at=at,
    )  # fmt: skip
    assert membership.valid_to is None


def test_giving_a_standing_role_again_returns_it(standing, at, today):
    values = {"person": standing.an.person, "unit": standing.chapter, "role": Role.CHAPTER_OFFICER}
    first = grant_role(**values, valid_from=today, by=standing.dung, at=at)
    assert grant_role(**values, valid_from=today + DAY, by=standing.dung, at=at) == first


@pytest.mark.parametrize(
    ("who", "role", "place"),
    [
        ("an", Role.MEMBER, "chapter"),
        ("ha", Role.MEMBER, "chapter"),
        ("dung", Role.COMMUNE_OFFICER, "association"),
        ("dung", Role.RECOGNISER, "commune"),
        ("giang", Role.PROVINCE_OFFICER, "province"),
    ],
)
def test_roles_are_not_given_beyond_ones_own_right(standing, at, today, who, role, place):
    with pytest.raises(PermissionDenied):
        grant_role(
            person=standing.minh.person, unit=getattr(standing, place), role=role, valid_from=today,
            by=getattr(standing, who), at=at,
        )  # fmt: skip


def test_nobody_confirms_their_own_membership(standing, at):
    own = Membership.objects.create(
        person=standing.dung.person, unit=standing.chapter, role=Role.MEMBER, valid_from=START, is_self_declared=True
    )
    with pytest.raises(ValidationError):
        confirm_membership(membership=own, by=standing.dung, at=at)
    assert not confirm_membership(membership=own, by=standing.giang, at=at).is_self_declared


def test_nobody_gives_a_role_to_themselves(standing, at, today):
    with pytest.raises(ValidationError):
        grant_role(
            person=standing.dung.person, unit=standing.chapter, role=Role.CHAPTER_OFFICER, valid_from=today,
            by=standing.dung, at=at,
        )  # fmt: skip


def test_role_is_held_only_where_it_makes_sense(standing, administrator, at, today):
    with pytest.raises(ValidationError):
        grant_role(
            person=standing.an.person, unit=standing.chapter, role=Role.PROVINCE_OFFICER, valid_from=today,
            by=administrator, at=at,
        )  # fmt: skip


def test_role_needs_a_unit_that_exists_on_the_day(standing, at):
    with pytest.raises(ValidationError):
        grant_role(
            person=standing.an.person, unit=standing.chapter, role=Role.CHAPTER_OFFICER, valid_from=START - DAY,
            by=standing.dung, at=at,
        )  # fmt: skip


def test_role_ends_on_its_day_and_twice_changes_nothing(standing, at, today):
    membership = Membership.objects.get(person=standing.chi.person, role=Role.CHAPTER_OFFICER)
    for _time in range(2):
        end_role(membership=membership, valid_to=today, by=standing.dung, at=at)
    assert not Membership.objects.on(today).filter(pk=membership.pk).exists()


def test_role_cannot_end_before_it_began(standing, at):
    membership = Membership.objects.get(person=standing.chi.person, role=Role.CHAPTER_OFFICER)
    with pytest.raises(ValidationError):
        end_role(membership=membership, valid_to=START, by=standing.dung, at=at)


def test_officer_does_not_end_the_recognisers_role(standing, at, today):
    membership = Membership.objects.get(person=standing.lan.person)
    with pytest.raises(PermissionDenied):
        end_role(membership=membership, valid_to=today, by=standing.dung, at=at)


def test_self_declared_membership_is_confirmed_by_its_officer(standing, at):
    membership = Membership.objects.get(person=standing.an.person)
    membership.is_self_declared = True
    membership.save()
    with pytest.raises(PermissionDenied):
        confirm_membership(membership=membership, by=standing.ha, at=at)
    for _time in range(2):
        confirm_membership(membership=membership, by=standing.dung, at=at)
    assert not Membership.objects.get(pk=membership.pk).is_self_declared


def test_groups_follow_from_roles(standing, at):
    for user in (standing.an, standing.binh, standing.dung, standing.giang, standing.minh):
        sync_groups(user=user, at=at)
    assert groups(standing.an) == groups(standing.minh) == set()
    assert groups(standing.binh) == {TRAINERS}
    assert groups(standing.dung) == {PEOPLE_EDITORS}
    assert groups(standing.giang) == {MODERATORS, CRITERIA_EDITORS, PEOPLE_EDITORS}
    assert sync_groups(user=standing.giang, at=at) is False


def test_group_without_role_is_taken_away(standing, at):
    sync_groups(user=standing.binh, at=at)
    Membership.objects.filter(person=standing.binh.person).update(valid_to=at.date())
    assert sync_groups(user=standing.binh, at=at) is True
    assert groups(standing.binh) == set()


def test_each_day_takes_groups_from_ended_roles(standing, at, today):
    sync_groups(user=standing.binh, at=at)
    sync_groups(user=standing.dung, at=at)
    Membership.objects.filter(person=standing.binh.person).update(valid_to=today)
    end_roles(timezone.now())
    assert groups(standing.binh) == set()
    assert groups(standing.dung) == {PEOPLE_EDITORS}


def test_groups_are_named_for_roles_that_exist():
    assert set(GROUPS_OF_ROLE) <= set(Role)
