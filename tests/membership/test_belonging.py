import datetime

from membership.belonging import group_of, unit_of
from membership.models import Role, TargetGroup, TargetGroupPeriod
from tests.factories.people import START, PersonFactory

DAY = datetime.timedelta(days=1)


def test_one_belongs_where_one_is_a_member_even_with_older_offices(standing, today):
    standing.chi.person.memberships.filter(role=Role.MEMBER).update(valid_from=today)
    assert unit_of(standing.chi.person, today) == standing.chapter


def test_one_belongs_nowhere_before_the_first_day(standing):
    assert unit_of(standing.an.person, START - DAY) is None


def test_group_is_that_of_the_day(standing, today):
    person = standing.an.person
    person.target_groups.update(valid_to=today)
    TargetGroupPeriod.objects.create(person=person, group=TargetGroup.OFFICIALS, valid_from=today)
    assert group_of(person, today - DAY) == TargetGroup.RESIDENTS
    assert group_of(person, today) == TargetGroup.OFFICIALS


def test_residents_where_nothing_was_said(standing, today):
    assert group_of(PersonFactory(), today) == TargetGroup.RESIDENTS
