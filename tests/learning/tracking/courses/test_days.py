"""The days on which somebody learnt, and their own goal for the week."""

import datetime
import re

import pytest
from django.utils import timezone

from assessments.models import Attempt
from learning.tracking.actions import complete_step, enrol, set_goal, visit
from learning.tracking.courses.days import days_of, drawn
from learning.tracking.models import WeeklyGoal
from learning.tracking.querysets.own import days_learnt
from learning.tracking.registries.days import MOMENTS
from membership.models import Person
from tests.factories.people import PersonFactory
from tests.queries import count_queries

TUESDAY = datetime.date(2026, 12, 1)
YEAR = [(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))]


def at(day, hour=20):
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


@pytest.fixture
def enrolment(an, school):
    return enrol(person=an.person, course=school.course, by=an, at=at(datetime.date(2026, 11, 2)))


class TestDrawn:
    def test_a_month_stands_in_whole_weeks_from_monday(self):
        days = drawn(0, TUESDAY, TUESDAY, set())
        assert days.weeks[0][0].date == datetime.date(2026, 11, 30)
        assert [day.is_in_month for day in days.weeks[0]] == [False] + [True] * 6
        assert [day.date for week in days.weeks for day in week if day.is_today] == [TUESDAY]
        assert (days.earlier, days.later) == (datetime.date(2026, 11, 1), None)

    def test_this_week_counts_from_monday_to_today(self):
        learnt = {datetime.date(2026, 11, 29), datetime.date(2026, 11, 30), TUESDAY}
        days = drawn(2, TUESDAY, TUESDAY, learnt)
        assert (days.this_week, days.is_reached) == (2, True)
        assert not drawn(3, TUESDAY, TUESDAY, learnt).is_reached
        assert not drawn(0, TUESDAY, TUESDAY, set()).is_reached

    def test_a_month_that_is_over_leads_on(self):
        assert drawn(0, datetime.date(2026, 1, 1), TUESDAY, set()).later == datetime.date(2026, 2, 1)


class TestDaysLearnt:
    def test_a_day_counts_by_what_lasts(self, an, school, enrolment):
        first, second = datetime.date(2026, 11, 3), datetime.date(2026, 11, 5)
        visit(enrolment=enrolment, step=school.first, at=at(first))
        visit(enrolment=enrolment, step=school.first, at=at(datetime.date(2026, 11, 4)))
        complete_step(enrolment=enrolment, step=school.first, at=at(second))
        assert days_learnt(an.person, YEAR) == {first, second}

    def test_an_evening_belongs_to_its_day_in_viet_nam(self, an, school, enrolment):
        visit(enrolment=enrolment, step=school.first, at=at(TUESDAY, 0))
        visit(enrolment=enrolment, step=school.second, at=at(TUESDAY, 23))
        assert days_learnt(an.person, [(TUESDAY, TUESDAY)]) == {TUESDAY}
        assert days_learnt(an.person, [(TUESDAY + datetime.timedelta(days=1),) * 2]) == set()

    def test_a_test_counts_too(self):
        assert {moment.field for moment in MOMENTS if moment.label == "assessments.Attempt"} == {
            "started_at",
            "finished_at",
        }
        assert Attempt._meta.get_field("enrolment").related_model.person

    def test_a_merged_record_counts_with_its_person(self, an, school):
        duplicate = PersonFactory()
        visit(enrolment=enrol(person=duplicate, course=school.course, by=None, at=at(TUESDAY)),
              step=school.first, at=at(TUESDAY))  # fmt: skip
        assert days_learnt(an.person, YEAR) == set()
        Person.objects.filter(pk=duplicate.pk).update(merged_into=an.person)
        assert days_learnt(an.person, YEAR) == {TUESDAY}

    def test_it_costs_two_queries_with_a_goal_and_one_without(self, an, school, enrolment):
        assert count_queries(lambda: days_of(an.person, TUESDAY, "")) == 1
        set_goal(person=an.person, days=3, at=at(TUESDAY))
        for step in (school.first, school.second, school.extra):
            complete_step(enrolment=enrolment, step=step, at=at(TUESDAY))
        assert count_queries(lambda: days_of(an.person, TUESDAY, "2026-03")) == 2

    @pytest.mark.parametrize("month", ["", "2027-01", "2026-13", "٢٠٢٦-11", "9999-01", "x"])
    def test_what_is_no_month_that_was_is_this_one(self, an, month):
        set_goal(person=an.person, days=3, at=at(TUESDAY))
        assert days_of(an.person, TUESDAY, month).month == TUESDAY


class TestMyLearning:
    def page(self, client, month=""):
        return client.get(f"/hoc-tap/?thang={month}").content.decode()

    def test_it_is_off_until_one_likes(self, signed_in, school):
        page = self.page(signed_in)
        assert "<table" not in page
        assert "Hiện những ngày học" in page

    def test_a_goal_is_set_and_switched_off_with_one_press(self, signed_in, an):
        assert signed_in.post("/hoc-tap/muc-tieu/", {"days": "3"}).url == "/hoc-tap/#ngay-hoc"
        assert WeeklyGoal.objects.get().days == 3
        assert "<table" in self.page(signed_in)
        signed_in.post("/hoc-tap/muc-tieu/", {"days": "3", "off": "1"})
        assert not WeeklyGoal.objects.exists()
        assert "<table" not in self.page(signed_in)

    @pytest.mark.parametrize("days", ["8", "-1", "x", ""])
    def test_what_is_no_goal_is_refused(self, signed_in, days):
        signed_in.post("/hoc-tap/muc-tieu/", {"days": days})
        assert not WeeklyGoal.objects.exists()

    def test_a_day_is_said_in_words(self, signed_in, an, school, enrolment):
        set_goal(person=an.person, days=3, at=at(TUESDAY))
        visit(enrolment=enrolment, step=school.first, at=at(datetime.date(2026, 11, 3)))
        page = re.sub(r"\s+", " ", self.page(signed_in, "2026-11"))
        assert "Thứ 3, ngày 3 Tháng 11: có học" in page
        assert "Thứ 4, ngày 4 Tháng 11 </span>" in page

    def test_nobody_without_a_record_has_a_goal(self, client, django_user_model):
        client.force_login(django_user_model.objects.create_user("may", "may@example.vn", "x"))
        assert client.post("/hoc-tap/muc-tieu/", {"days": "3"}).status_code == 404
