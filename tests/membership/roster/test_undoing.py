"""What taking a list back leaves alone, where others have gone on since."""

import datetime

import pytest
from django.utils import timezone

from intake.models import Import
from interface.vietnamese import sort_key
from membership.actions import merge_people
from membership.models import Contact, Membership, Person, Role
from tests.factories.people import START, add_user
from tests.membership.roster.conftest import member, outcomes

TU = {"name": "Lê Thị Tư", "year": 1958, "unit_code": "20242-01"}


def test_a_membership_that_another_gave_since_stays(standing, dung):
    batch = dung.bring(TU)
    person = Person.objects.get(full_name="Lê Thị Tư")
    dung.a_day_later()
    day = timezone.localdate(dung.at)
    person.memberships.update(valid_to=day)
    given = Membership.objects.create(person=person, unit=standing.foreign_chapter, role=Role.MEMBER, valid_from=day)
    dung.undo(batch)
    given.refresh_from_db()
    assert (given.valid_to, outcomes(batch)) == (None, ["skip"])


@pytest.mark.parametrize("later", [{"phone": "0905123456"}, {"group": "học sinh"}])
def test_what_a_later_list_added_keeps_the_person_until_that_list_is_undone(standing, dung, later):
    first = dung.bring(TU)
    dung.a_day_later()
    second = dung.bring({**TU, **later})
    dung.undo(first)
    assert (outcomes(first), Person.objects.filter(full_name="Lê Thị Tư").count()) == (["skip"], 1)
    dung.undo(second)
    assert not Contact.objects.exists()


def test_one_beside_it_keeps_the_person_and_ends_what_the_list_gave(standing, dung):
    batch = dung.bring(TU)
    person = Person.objects.get(full_name="Lê Thị Tư")
    Membership.objects.create(person=person, unit=standing.foreign_chapter, role=Role.MEMBER, valid_from=START)
    dung.undo(batch)
    assert list(person.memberships.values_list("unit", "valid_to")) == [(standing.foreign_chapter.pk, None)]


def test_a_membership_that_was_given_anew_since_is_not_opened_again(standing, dung):
    leaving = member(standing.chapter, "Phan Hai")
    moving = {"name": "Trần Thị An", "year": 1960, "unit_code": "20242-02"}
    batch = dung.bring(moving, is_complete=True)
    dung.a_day_later()
    day = timezone.localdate(dung.at)
    for person in (leaving, standing.an.person):
        Membership.objects.create(person=person, unit=standing.chapter, role=Role.MEMBER, valid_from=day)
    assert dung.undo(batch).state == Import.State.UNDONE
    for person in (leaving, standing.an.person):
        assert person.memberships.get(valid_to=None).valid_from == day
    told = batch.lines.filter(code__in=[leaving.code, standing.an.person.code])
    assert ["giữ nguyên" in line.reasons[-1] for line in told] == [True, True]


def test_half_a_name_and_half_a_birth_are_not_put_back(standing, dung):
    person = member(standing.chapter, "Tran Hai", birth_year=None)
    batch = dung.bring({"code": person.code, "name": "Trần Hai", "year": 1960, "unit_code": "20242-01"})
    changed = {"full_name": "Trần Hài", "sort_key": sort_key("Trần Hài"), "birth_day": datetime.date(1960, 3, 2)}
    Person.objects.filter(pk=person.pk).update(**changed)
    dung.undo(batch)
    person.refresh_from_db()
    assert {name: getattr(person, name) for name in changed} == changed
    assert (person.folded_name, person.birth_year) == ("tran hai", 1960)


def test_whom_a_later_list_marked_stays_and_the_later_one_is_undone_too(standing, dung):
    first, later = dung.bring(TU), dung.bring(TU | {"citizen_id": "048158000123"})
    assert (outcomes(first), outcomes(later)) == (["create"], ["change"])
    assert dung.undo(first).state == Import.State.UNDONE
    assert dung.undo(later).state == Import.State.UNDONE
    assert Person.objects.get(full_name="Lê Thị Tư").citizen_id_hash == ""


def test_of_two_that_have_become_one_since_one_membership_is_opened_again(standing, dung):
    one, other = (member(standing.chapter, "Phan Hai", birth_year=year) for year in (1950, 1951))
    batch = dung.bring(
        {"code": standing.an.person.code, "name": "Trần Thị An", "unit_code": "20242-01"}, is_complete=True
    )
    administrator = add_user("quyen", "Người quản trị", is_superuser=True)
    merge_people(duplicate=other, into=one, by=administrator, at=dung.at)
    assert dung.undo(batch).state == Import.State.UNDONE
    assert one.memberships.filter(valid_to=None).count() == 1


def test_a_role_that_has_ended_since_takes_nothing_back(standing, dung):
    batch = dung.bring(TU)
    Membership.objects.filter(person=standing.dung.person).update(unit=standing.foreign_association)
    del standing.dung._standing_roles
    undone = dung.undo(batch)
    assert (undone.state, bool(undone.problem)) == (Import.State.APPLIED, True)
    assert Person.objects.filter(full_name="Lê Thị Tư").exists()
