"""Everyone's suggested scores: whom they are about, by which set, and that a stop loses nothing."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from evaluation.criteria.actions import (
    begin_scoring,
    continue_scoring,
    draft_from,
    load_sample,
    put_in_force,
    save_part,
    score_people,
)
from evaluation.criteria.bulk import Range
from evaluation.criteria.models import CriteriaSet, ScoringRun, SuggestedScores
from membership.belonging import group_of, unit_of
from membership.models import Membership, Person, Role, TargetGroup, TargetGroupPeriod
from tests.factories.evaluation import AT, YEAR, evidence_for, member_without_account

DAY = AT.date()
EVERYONE = Range(1, 10**9)


@pytest.fixture
def world(standing):
    load_sample(by=None, at=AT)
    student = member_without_account(standing.foreign_chapter)
    TargetGroupPeriod.objects.create(person=student, group=TargetGroup.STUDENTS, valid_from=datetime.date(2025, 9, 1))
    evidence_for(student)
    evidence_for(standing.an.person)
    return standing


def local_set(standing, unit, **changed):
    national = CriteriaSet.objects.get(group=TargetGroup.RESIDENTS, unit=None)
    draft = draft_from(criteria_set=national, version="HC", valid_from=DAY, unit=unit, by=standing.giang, at=AT)
    rule = draft.indicators.get(number=1).rules.filter(topic="", kind="course_completed").get()
    rule.points = rule.cap = Decimal("7.5")
    save_part(part=rule, by=standing.giang, at=AT)
    return put_in_force(criteria_set=draft, by=standing.giang, at=AT)


def test_each_person_is_scored_once_where_and_by_what_they_belong(world):
    local = local_set(world, world.commune)
    Membership.objects.create(
        person=world.ha.person, unit=world.chapter, role=Role.MEMBER, valid_from=datetime.date(2026, 1, 1)
    )
    score_people(year=YEAR, day=DAY, people=EVERYONE)
    rows = {row.person_id: row for row in SuggestedScores.objects.of_year(YEAR)}
    for person in Person.objects.all():
        unit = unit_of(person, DAY)
        chosen = CriteriaSet.objects.for_person(group_of(person, DAY), unit, DAY)
        assert (rows[person.pk].unit_id, rows[person.pk].criteria_set_id) == (unit.pk, chosen.pk)
    assert rows[world.an.person_id].criteria_set_id == local.pk
    assert rows[world.an.person_id].tenths[0] == 75
    assert len(rows) == Person.objects.count()


def test_scoring_again_changes_nothing_and_new_evidence_only_its_person(world):
    assert score_people(year=YEAR, day=DAY, people=EVERYONE) == Person.objects.count()
    assert score_people(year=YEAR, day=DAY, people=EVERYONE) == 0
    before = SuggestedScores.objects.get(year=YEAR, person=world.chi.person).total_tenths
    evidence_for(world.chi.person)
    assert score_people(year=YEAR, day=DAY, people=EVERYONE) == 1
    assert SuggestedScores.objects.get(year=YEAR, person=world.chi.person).total_tenths > before


def test_who_left_or_was_merged_loses_the_row(world):
    score_people(year=YEAR, day=DAY, people=EVERYONE)
    Membership.objects.filter(person=world.an.person).update(valid_to=DAY)
    Person.objects.filter(pk=world.ha.person_id).update(merged_into=world.an.person)
    score_people(year=YEAR, day=DAY, people=EVERYONE)
    kept = set(SuggestedScores.objects.of_year(YEAR).values_list("person", flat=True))
    assert not kept & {world.an.person_id, world.ha.person_id}


def test_of_who_withdrew_the_last_row_stays_and_none_is_written(world):
    score_people(year=YEAR, day=DAY, people=EVERYONE)
    withdrawn = Person.objects.filter(pk__in=[world.an.person_id, world.chi.person_id])
    withdrawn.update(withdrawn_at=AT)
    of_an = SuggestedScores.objects.get(person=world.an.person)
    SuggestedScores.objects.filter(person=world.chi.person).delete()
    evidence_for(world.an.person)
    score_people(year=YEAR, day=DAY, people=EVERYONE)
    assert SuggestedScores.objects.get(person=world.an.person).tenths == of_an.tenths
    assert not SuggestedScores.objects.filter(person=world.chi.person).exists()


def test_a_unit_alone_is_scored_without_touching_others(world):
    score_people(year=YEAR, day=DAY, people=EVERYONE, path=world.foreign_commune.path)
    assert set(SuggestedScores.objects.values_list("unit", flat=True)) == {
        world.foreign_chapter.pk,
        world.foreign_association.pk,
    }


class StoppedError(Exception):
    pass


def test_a_stop_loses_the_batch_in_hand_alone_and_going_on_scores_each_once(world):
    told = []

    def stop_after_two(run):
        told.append(run.reached)
        if len(told) == 2:
            raise StoppedError

    [run] = begin_scoring(year=YEAR, day=DAY, parts=1, at=AT)
    with pytest.raises(StoppedError):
        continue_scoring(run=run, clock=timezone.now, batch=3, tell=stop_after_two)
    done = SuggestedScores.objects.count()
    assert done == 6
    [again] = begin_scoring(year=YEAR, day=DAY, parts=1, at=AT)
    assert again.reached == told[-1]
    continue_scoring(run=again, clock=timezone.now, batch=3)
    finished = ScoringRun.objects.get()
    assert finished.finished_at is not None
    assert finished.rows == SuggestedScores.objects.count() == Person.objects.count()


def test_a_finished_scoring_begins_anew_in_parts(world):
    for _time in range(2):
        runs = begin_scoring(year=YEAR, day=DAY, parts=2, at=AT)
        assert [run.part for run in runs] == [1, 2]
        for run in runs:
            continue_scoring(run=run, clock=timezone.now)
    assert SuggestedScores.objects.count() == Person.objects.count()
