"""The kept counts are what a full count gives: after any actions, before and after the changes are taken up."""

import datetime
import itertools

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.criteria.models import CriteriaSet
from evaluation.recognition.models import Grouping, GroupingMember, Title
from evaluation.reporting.actions import count_year, follow_changes
from evaluation.reporting.definitions import Measure
from evaluation.reporting.figures import overview, topics_of
from evaluation.reporting.models import Change, CountedYear, PersonFigures, Target
from evaluation.reporting.tallies import Tally, count, kept, shown
from learning.evidence.models import Evidence
from membership.models import Membership, Person, Role, TargetGroup
from tests.evaluation.reporting.test_figures import give_title, study_criteria
from tests.factories.evaluation import AT, YEAR, evidence_for, member_without_account
from tests.queries import count_queries

DAY = datetime.date(2026, 11, 23)
LATER = datetime.date(2026, 12, 20)
serial = itertools.count(1)


def someone(people, number):
    return people[number % len(people)]


class World:
    """A few people and what may happen to them, each step by way of rows, as any door leaves them."""

    def __init__(self, standing):
        self.standing = standing
        self.units = [standing.chapter, standing.other_chapter, standing.foreign_chapter, standing.association]
        self.people = [member_without_account(unit) for unit in self.units for _one in range(2)]
        self.day = DAY
        self.family = Grouping.objects.create(
            kind="family", name="Gia đình số 7", place=standing.chapter, valid_from=datetime.date(2026, 1, 1)
        )

    def join(self, number, other):
        start = datetime.date(2026, 12, 1 + other % 28) if other % 2 else datetime.date(2026, 1, 1)
        unit = someone(self.units, other)
        if not Membership.objects.filter(person=someone(self.people, number), unit=unit, valid_to=None).exists():
            Membership.objects.create(
                person=someone(self.people, number), unit=unit, role=Role.MEMBER, valid_from=start
            )

    def leave(self, number, other):
        day = datetime.date(2026, 12, 1 + other % 28) if other % 2 else datetime.date(2026, 6, 1)
        held = Membership.objects.filter(person=someone(self.people, number), valid_to=None, valid_from__lt=day)
        held.update(valid_to=day)

    def study(self, number, other):
        study_criteria(someone(self.people, number))

    def attend(self, number, other):
        verification = "none" if other % 2 else "document_seen"
        study_criteria(someone(self.people, number), kind="attendance", verification=verification)

    def learn_digital_skills_soon(self, number, other):
        told = datetime.datetime(2026, 12, 1 + other % 28, 5, tzinfo=datetime.UTC)
        evidence_for(someone(self.people, number), topics=["ky-nang-so"], occurred_at=told, recorded_at=AT)

    def correct(self, number, other):
        wrong = Evidence.objects.filter(person=someone(self.people, number), superseded_by=None).first()
        if wrong is not None:
            evidence_for(wrong.person, topics=[], supersedes=wrong)

    def title(self, number, other):
        person = someone(self.people, number)
        if not Title.objects.filter(person=person).exists():
            group = TargetGroup.RESIDENTS if other % 2 else TargetGroup.WORKERS
            give_title(self.standing, person, someone(self.units, other), group=group, is_assisted=other % 3 == 0)

    def revoke(self, number, other):
        Title.objects.filter(person=someone(self.people, number)).update(
            revoked_at=AT, revoked_reason="Khai sai", revoked_by=self.standing.lan
        )

    def merge(self, number, other):
        Person.objects.filter(pk=someone(self.people, number).pk).update(merged_into=self.standing.an.person)

    def move_dossier(self, number, other):
        for title in Title.objects.filter(person=someone(self.people, number)):
            title.unit = someone(self.units, other)
            title.save()
            title.dossier.is_assisted = other % 2 == 0
            title.dossier.save()

    def enter_group(self, number, other):
        person = someone(self.people, number)
        if not GroupingMember.objects.filter(grouping=self.family, person=person, valid_to=None).exists():
            start = datetime.date(2026, 12, 1 + other % 28) if other % 2 else datetime.date(2026, 1, 1)
            GroupingMember.objects.create(grouping=self.family, person=person, valid_from=start)

    def close_group(self, number, other):
        Grouping.objects.filter(valid_from__lt=DAY).update(valid_to=LATER if other % 2 else DAY)

    def learn_as_unit(self, number, other):
        start = LATER if other % 2 else datetime.date(2026, 1, 1)
        place = someone(self.units, number)
        Grouping.objects.create(kind="unit", name=f"Đơn vị {next(serial)}", place=place, valid_from=start)

    def become_staff(self, number, other):
        person = someone(self.people, number)
        if not person.target_groups.exists():
            start = datetime.date(2026, 12, 1 + other % 28) if other % 2 else datetime.date(2026, 1, 1)
            person.target_groups.create(group=TargetGroup.OFFICIALS, valid_from=start)

    def sign_up(self, number, other):
        held = Membership.objects.filter(person=someone(self.people, number))
        held.update(is_self_declared=bool(other % 2))

    def pass_days(self, number, other):
        self.day = LATER if self.day == DAY else DAY

    def follow(self, number, other):
        follow_changes(days={YEAR: self.day}, topics={YEAR: topics_of(YEAR, self.day)})
        assert not Change.objects.exists()

    def renew_criteria(self, number, other):
        start = datetime.date(2026, 1 + other % 12, 1)
        CriteriaSet.objects.filter(group=TargetGroup.OFFICIALS).update(valid_from=start)

    def check(self):
        topics = topics_of(YEAR, self.day)
        for unit in (self.standing.province, self.standing.commune, self.standing.chapter):
            full = {path: tally for path, tally in count(unit, YEAR, self.day, topics).items() if tally != Tally()}
            assert kept(unit, YEAR, self.day, topics) == full


STEPS = ["join", "leave", "study", "learn_digital_skills_soon", "correct", "title", "revoke", "merge", "move_dossier",
         "enter_group", "close_group", "learn_as_unit", "become_staff", "sign_up", "pass_days",
         "renew_criteria", "follow"]  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 7), st.integers(0, 30)), max_size=12)


@pytest.mark.slow(reason="Hypothesis walks many ways through a year, each counted in full.")
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(steps)
def test_kept_counts_are_a_full_count_after_any_actions(world, steps):
    with transaction.atomic():
        small = World(world)
        count_year(year=YEAR, day=DAY, topics=topics_of(YEAR, DAY))
        for name, number, other in steps:
            getattr(small, name)(number, other)
        small.check()
        small.follow(0, 0)
        small.check()
        transaction.set_rollback(True)


def test_following_twice_finds_nothing_more(world):
    count_year(year=YEAR, day=DAY, topics=topics_of(YEAR, DAY))
    study_criteria(world.an.person)
    given_days = {"days": {YEAR: DAY}, "topics": {YEAR: topics_of(YEAR, DAY)}}
    follow_changes(**given_days)
    assert follow_changes(**given_days) == 0
    assert PersonFigures.objects.get(year=YEAR, person=world.an.person).has_studied


def test_a_year_is_counted_anew_when_its_topic_changes(world):
    count_year(year=YEAR, day=DAY, topics=topics_of(YEAR, DAY))
    evidence_for(world.an.person, topics=["chu-de-moi"])
    Target.objects.filter(measure=Measure.STUDIED_CRITERIA).update(topic="chu-de-moi")
    topics = topics_of(YEAR, DAY)
    assert kept(world.province, YEAR, DAY, topics)[world.chapter.path].studied == 1
    follow_changes(days={YEAR: DAY}, topics={YEAR: topics})
    assert CountedYear.objects.get().criteria_topic == "chu-de-moi"
    assert kept(world.province, YEAR, DAY, topics)[world.chapter.path].studied == 1


def test_the_command_keeps_every_year_of_the_plan(world):
    call_command("count_figures", verbosity=0)
    years = set(CountedYear.objects.values_list("year", flat=True))
    assert {2022, YEAR} <= years
    call_command("count_figures", "--anew", verbosity=0)
    assert set(CountedYear.objects.values_list("year", flat=True)) == years


def test_a_page_reads_no_more_queries_for_more_changes(world):
    count_year(year=YEAR, day=DAY, topics=topics_of(YEAR, DAY))
    study_criteria(world.an.person)
    few = count_queries(lambda: overview(world.province, YEAR, DAY))
    for _one in range(5):
        study_criteria(member_without_account(world.chapter))
    assert count_queries(lambda: overview(world.province, YEAR, DAY)) == few


def test_where_very_much_changed_pages_show_what_was_kept_and_say_so(world, client, monkeypatch):
    monkeypatch.setattr("evaluation.reporting.tallies.MOST_LIVE", 1)
    today = timezone.localdate()
    topics = topics_of(today.year, today)
    count_year(year=today.year, day=today, topics=topics)
    Change.objects.all().delete()
    before = kept(world.province, today.year, today, topics)
    for _one in range(2):
        member_without_account(world.chapter)
    tallies, is_behind = shown(world.province, today.year, today, topics)
    assert (tallies, is_behind) == (before, True)
    assert kept(world.province, today.year, today, topics) != before  # what is frozen is exact
    client.force_login(world.giang)
    address = reverse("reporting:targets", args=[world.province.code])
    assert "đang đếm lại" in client.get(address).content.decode()
    follow_changes(days={today.year: today}, topics={today.year: topics})
    assert "đang đếm lại" not in client.get(address).content.decode()
