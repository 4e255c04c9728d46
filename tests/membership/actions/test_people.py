import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from membership.actions import add_person, change_group, citizen_id_hash, correct_person
from membership.belonging import group_of, unit_of
from membership.models import TargetGroup


def add(standing, by, at, **changes):
    values = {"full_name": "  Nguyễn Văn  Bảy ", "birth_year": 1955, "group": TargetGroup.WORKERS}
    return add_person(**{**values, "unit": standing.chapter, **changes}, by=by, at=at)


def test_officer_adds_a_member(standing, at, today):
    person = add(standing, standing.dung, at)
    assert (person.full_name, person.folded_name) == ("Nguyễn Văn Bảy", "nguyen van bay")
    assert unit_of(person, today) == standing.chapter
    assert group_of(person, today) == TargetGroup.WORKERS
    assert len(person.code) == 8


def test_log_names_no_one(standing, at):
    person = add(standing, standing.dung, at)
    entry = ModelLogEntry.objects.get(action="membership.add_person")
    assert entry.user == standing.dung
    assert entry.label == f"person {person.pk}"
    assert "Bảy" not in str(entry.data)


@pytest.mark.parametrize("who", ["an", "binh", "chi", "ha", "lan"])
def test_only_who_manages_people_there_adds(standing, at, who):
    with pytest.raises(PermissionDenied):
        add(standing, getattr(standing, who), at)


def test_nameless_is_refused(standing, at):
    with pytest.raises(ValidationError):
        add(standing, standing.dung, at, full_name="   ")


def test_citizen_id_is_kept_as_a_hash_and_refused_twice(standing, at):
    person = add(standing, standing.dung, at, citizen_id="049 162 000 123")
    assert person.citizen_id_hash == citizen_id_hash("049162000123")
    assert "049162000123" not in str(vars(person))
    with pytest.raises(ValidationError):
        add(standing, standing.dung, at, citizen_id="049162000123")


def test_correcting_a_name_keeps_what_follows_from_it(standing, at):
    person = correct_person(
        person=standing.an.person, full_name="Trần Thị Ân", birth_year=1961, birth_day=None, by=standing.dung, at=at
    )
    person.refresh_from_db()
    assert (person.full_name, person.birth_year) == ("Trần Thị Ân", 1961)
    correct_person(person=person, full_name="Trần Thị Ân", birth_year=1961, birth_day=None, by=standing.dung, at=at)
    assert ModelLogEntry.objects.filter(action="membership.correct_person").count() == 1


def test_correcting_is_refused_to_strangers(standing, at):
    with pytest.raises(PermissionDenied):
        correct_person(person=standing.an.person, full_name="X", birth_year=None, birth_day=None, by=standing.ha, at=at)


def test_group_changes_from_a_day_and_keeps_the_past(standing, today):
    person = standing.an.person
    change_group(person=person, group=TargetGroup.OFFICIALS, valid_from=today, by=standing.dung)
    change_group(person=person, group=TargetGroup.OFFICIALS, valid_from=today, by=standing.dung)
    assert group_of(person, today - datetime.timedelta(days=1)) == TargetGroup.RESIDENTS
    assert group_of(person, today) == TargetGroup.OFFICIALS
    assert person.target_groups.count() == 2


def test_group_changed_twice_on_one_day_takes_the_later_word(standing, today):
    person = standing.an.person
    change_group(person=person, group=TargetGroup.OFFICIALS, valid_from=today, by=standing.dung)
    change_group(person=person, group=TargetGroup.STUDENTS, valid_from=today, by=standing.dung)
    assert group_of(person, today) == TargetGroup.STUDENTS
    assert person.target_groups.count() == 2


def test_group_is_not_for_strangers_to_change(standing, today):
    with pytest.raises(PermissionDenied):
        change_group(person=standing.an.person, group=TargetGroup.STUDENTS, valid_from=today, by=standing.ha)


@pytest.mark.parametrize(
    "name", ["ﬃ" * 100, "a" * 121, "\u0301\u202e"], ids=["ligatures", "too long", "nothing to see"]
)
def test_a_name_that_its_column_cannot_hold_is_refused_in_words(standing, at, name):
    values = {"full_name": name, "birth_year": None, "birth_day": None}
    with pytest.raises(ValidationError):
        correct_person(person=standing.an.person, **values, by=standing.dung, at=at)
