"""The plan's 40 and 60 per cent: who has the title, of those who belong to what learns, by the same stored rows."""

import datetime

import pytest
from django.db import connection

from evaluation.recognition.actions import add_members, open_grouping
from evaluation.reporting.definitions import Measure
from evaluation.reporting.figures import figures
from learning.evidence.kinds import Kind
from membership.models import Membership, Person, Role, TargetGroup
from tests.evaluation.reporting.test_figures import TODAY, give_title, study_criteria
from tests.factories.evaluation import AT, YEAR, another_member, member_without_account
from tests.factories.people import START

# Written apart from the code: adults on record who are listed in an open family, clan or community and placed beneath
# the unit by a confirmed membership, and those of them with a standing title of the year.
ADULTS = """
SELECT count(DISTINCT listed.person_id), count(DISTINCT title.person_id)
FROM recognition_groupingmember listed
JOIN recognition_grouping grouping_ ON grouping_.id = listed.grouping_id AND grouping_.kind <> 'unit'
JOIN membership_person person ON person.id = listed.person_id AND person.merged_into_id IS NULL
LEFT JOIN recognition_title title
  ON title.person_id = person.id AND title.year = %(year)s AND title.revoked_at IS NULL
WHERE listed.valid_from <= %(day)s AND (listed.valid_to IS NULL OR listed.valid_to > %(day)s)
  AND grouping_.valid_from <= %(day)s AND (grouping_.valid_to IS NULL OR grouping_.valid_to > %(day)s)
  AND (person.birth_year IS NULL OR person.birth_year <= %(year)s - 18)
  AND EXISTS (SELECT 1 FROM membership_membership held JOIN membership_unit unit ON unit.id = held.unit_id
              WHERE held.person_id = person.id AND NOT held.is_self_declared AND unit.path LIKE %(beneath)s
                AND held.valid_from <= %(day)s AND (held.valid_to IS NULL OR held.valid_to > %(day)s))
"""


def figure(unit, measure):
    return next(one for one in figures(unit, YEAR, TODAY) if one.measure == measure)


def counted(unit, measure):
    found = figure(unit, measure)
    return found.numerator, found.denominator


def by_hand(unit):
    with connection.cursor() as cursor:
        cursor.execute(ADULTS, {"year": YEAR, "day": TODAY, "beneath": f"{unit.path}%"})
        grouped, titled = cursor.fetchone()
    return titled, grouped


@pytest.fixture
def family(world):
    given = {"place": world.chapter, "valid_from": START, "by": world.dung, "at": AT}
    return open_grouping(kind="family", name="Gia đình số 7", **given)


def listed(grouping, world, *people):
    codes = [person.code for person in people]
    add_members(grouping=grouping, codes=codes, valid_from=START, by=world.dung, at=AT)


def test_the_titled_are_a_part_of_those_they_are_counted_over(world, family):
    child = another_member(world.chapter, 1).person
    Person.objects.filter(pk=child.pk).update(birth_year=YEAR - 12)
    outside = member_without_account(world.chapter)
    listed(family, world, world.an.person, world.chi.person, child)
    clan = open_grouping(kind="clan", name="Tộc Trần", place=world.association, valid_from=START, by=world.dung, at=AT)
    listed(clan, world, world.an.person)
    for person in (world.an.person, child, outside):
        give_title(world, person, world.chapter)
    assert counted(world.chapter, Measure.ADULTS_TITLED) == (1, 2)
    for unit in (world.chapter, world.association, world.commune, world.province):
        assert counted(unit, Measure.ADULTS_TITLED) == by_hand(unit) == (1, 2)


def test_who_left_the_group_is_in_neither_figure(world, family):
    listed(family, world, world.an.person, world.chi.person)
    give_title(world, world.an.person, world.chapter)
    family.members.filter(person=world.an.person).update(valid_to=datetime.date(YEAR, 6, 1))
    assert counted(world.commune, Measure.ADULTS_TITLED) == by_hand(world.commune) == (0, 1)


def test_staff_count_where_their_unit_learns(world):
    inside, outside = member_without_account(world.chapter), member_without_account(world.foreign_chapter)
    for person in (inside, outside):
        person.target_groups.create(group=TargetGroup.OFFICIALS, valid_from=START)
    give_title(world, inside, world.chapter, group=TargetGroup.OFFICIALS)
    give_title(world, outside, world.foreign_chapter, group=TargetGroup.OFFICIALS)
    assert counted(world.province, Measure.STAFF_TITLED) == (0, 0)
    open_grouping(kind="unit", name="Chi hội 1", place=world.chapter, valid_from=START, by=world.dung, at=AT)
    assert counted(world.province, Measure.STAFF_TITLED) == (1, 1)


def test_officials_and_workers_are_staff_and_students_are_not(world):
    open_grouping(kind="unit", name="Chi hội 1", place=world.chapter, valid_from=START, by=world.dung, at=AT)
    for group in (TargetGroup.OFFICIALS, TargetGroup.WORKERS, TargetGroup.STUDENTS):
        person = member_without_account(world.chapter)
        person.target_groups.create(group=group, valid_from=START)
        give_title(world, person, world.chapter, group=group)
    assert counted(world.province, Measure.STAFF_TITLED) == (2, 2)


def test_who_signed_up_is_no_member_until_an_officer_confirms(world, family):
    person = member_without_account(world.chapter)
    before = counted(world.chapter, Measure.STUDIED_CRITERIA)[1]
    listed(family, world, person)
    held = Membership.objects.filter(person=person, role=Role.MEMBER)
    held.update(is_self_declared=True)
    assert counted(world.chapter, Measure.STUDIED_CRITERIA)[1] == before - 1
    assert counted(world.chapter, Measure.ADULTS_TITLED) == by_hand(world.chapter) == (0, 0)


def test_who_was_at_a_session_on_the_criteria_has_studied_them(world):
    study_criteria(world.an.person, kind=Kind.ATTENDANCE, title="Quán triệt tiêu chí")
    assert counted(world.chapter, Measure.STUDIED_CRITERIA)[0] == 1
