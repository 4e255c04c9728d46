import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation.criteria.actions import draft_from, load_sample, put_in_force, remove_part, save_anchors, save_part
from evaluation.criteria.models import Anchor, CriteriaSet, EvidenceRule, Indicator
from membership.models import TargetGroup
from tests.factories.evaluation import AT
from tests.laid import laid_once

NEXT = datetime.date(2027, 1, 1)


@pytest.fixture
@laid_once
def sample(standing):
    load_sample(by=None, at=AT)
    return CriteriaSet.objects.get(group=TargetGroup.RESIDENTS)


@pytest.fixture
def draft(standing, sample):
    return draft_from(criteria_set=sample, version="2027.1", valid_from=NEXT, by=standing.giang, at=AT)


def test_sample_has_ten_indicators_of_a_hundred_points_for_each_group(sample):
    for criteria_set in CriteriaSet.objects.for_listing():
        assert criteria_set.is_frame or criteria_set.parent.is_frame
        assert (criteria_set.indicator_count, criteria_set.maximum) == (10, 100)
        assert criteria_set.is_sample
        assert criteria_set.status == CriteriaSet.Status.IN_FORCE
    assert CriteriaSet.objects.exclude(group="").count() == 4
    assert all(len(one.example_lines) >= 3 for one in Indicator.objects.exclude(criteria_set__group=""))


def test_loading_twice_changes_nothing(sample):
    assert load_sample(by=None, at=AT) == []
    assert CriteriaSet.objects.exclude(group="").count() == 4


def test_each_score_that_matters_is_told_to_each_group_in_its_own_words(sample):
    told = Anchor.objects.filter(indicator__criteria_set__group="residents", indicator__number=1)
    assert [int(anchor.points) for anchor in told] == [0, 5, 8, 10]
    workers = Anchor.objects.get(indicator__criteria_set__group="workers", indicator__number=1, points=5)
    assert workers.text != told.get(points=5).text
    assert Anchor.objects.count() == 4 * 10 * 4


def test_a_sample_of_before_scores_were_told_gets_its_anchors_and_no_other_is_touched(standing, sample):
    Anchor.objects.exclude(indicator__number=1).delete()
    Anchor.objects.filter(indicator__criteria_set=sample).update(text="Sửa ở đây")
    assert load_sample(by=None, at=AT) == []
    assert Anchor.objects.count() == 4 * 10 * 4
    assert sample.indicators.get(number=1).anchors.filter(text="Sửa ở đây").count() == 4


def test_anchors_go_along_into_a_draft_and_are_changed_there_alone(standing, sample, draft):
    indicator = draft.indicators.get(number=3)
    save_anchors(indicator=indicator, texts={5: "Mới", 8: ""}, by=standing.giang, at=AT)
    assert [int(anchor.points) for anchor in indicator.anchors.all()] == [0, 5, 10]
    assert indicator.anchors.get(points=5).text == "Mới"
    sealed = sample.indicators.get(number=3)
    assert sealed.anchors.count() == 4
    with pytest.raises(ValidationError):
        save_anchors(indicator=sealed, texts={5: "Mới"}, by=standing.giang, at=AT)
    with pytest.raises(PermissionDenied):
        save_anchors(indicator=indicator, texts={5: "Khác"}, by=standing.dung, at=AT)


def test_loading_is_refused_to_others(standing):
    with pytest.raises(PermissionDenied):
        load_sample(by=standing.dung, at=AT)


def test_what_is_in_force_cannot_be_edited_nor_removed(standing, sample):
    indicator = sample.indicators.first()
    for part in (sample, indicator, indicator.rules.first()):
        with pytest.raises(ValidationError):
            save_part(part=part, by=standing.giang, at=AT)
        with pytest.raises(ValidationError):
            remove_part(part=part, by=standing.giang, at=AT)


def test_a_draft_copies_everything_and_can_be_edited(standing, sample, draft):
    assert draft.parent == sample
    assert (
        EvidenceRule.objects.filter(indicator__criteria_set=draft).count()
        == EvidenceRule.objects.filter(indicator__criteria_set=sample).count()
    )
    indicator = draft.indicators.get(number=1)
    indicator.name = "Đọc sách"
    save_part(part=indicator, by=standing.giang, at=AT)
    assert draft.indicators.get(number=1).name == "Đọc sách"
    assert sample.indicators.get(number=1).name != "Đọc sách"


def test_editing_a_draft_is_refused_to_others(standing, draft):
    for user in (standing.dung, standing.lan, standing.minh):
        with pytest.raises(PermissionDenied):
            save_part(part=draft, by=user, at=AT)


def test_same_version_twice_is_refused(standing, sample, draft):
    with pytest.raises(ValidationError):
        draft_from(criteria_set=sample, version="2027.1", valid_from=NEXT, by=standing.giang, at=AT)


def test_putting_in_force_supersedes_from_that_day_and_runs_twice(standing, sample, draft):
    put_in_force(criteria_set=draft, by=standing.giang, at=AT)
    put_in_force(criteria_set=draft, by=standing.giang, at=AT)
    sample.refresh_from_db()
    assert (sample.status, sample.valid_to) == (CriteriaSet.Status.RETIRED, NEXT)
    at_group = {"group": TargetGroup.RESIDENTS, "unit": standing.chapter}
    assert CriteriaSet.objects.for_person(**at_group, day=datetime.date(2026, 12, 31)) == sample
    assert CriteriaSet.objects.for_person(**at_group, day=NEXT) == draft


def test_putting_in_force_is_refused_to_others(standing, draft):
    with pytest.raises(PermissionDenied):
        put_in_force(criteria_set=draft, by=standing.dung, at=AT)


def test_a_set_that_nobody_could_pass_is_refused(standing, draft):
    draft.threshold = 101
    save_part(part=draft, by=standing.giang, at=AT)
    with pytest.raises(ValidationError):
        put_in_force(criteria_set=draft, by=standing.giang, at=AT)


def test_a_version_must_begin_after_the_one_it_supersedes(standing, sample):
    early = draft_from(
        criteria_set=sample, version="2024.1", valid_from=datetime.date(2024, 1, 1), by=standing.giang, at=AT
    )
    with pytest.raises(ValidationError):
        put_in_force(criteria_set=early, by=standing.giang, at=AT)


def test_nearest_unit_has_its_own_set(standing, sample):
    local = draft_from(
        criteria_set=sample, version="HC1", valid_from=NEXT, unit=standing.commune, by=standing.giang, at=AT
    )
    put_in_force(criteria_set=local, by=standing.giang, at=AT)
    day = datetime.date(2027, 5, 1)
    assert CriteriaSet.objects.for_person(TargetGroup.RESIDENTS, standing.chapter, day) == local
    assert CriteriaSet.objects.for_person(TargetGroup.RESIDENTS, standing.foreign_chapter, day) == sample
    assert CriteriaSet.objects.for_person(TargetGroup.STUDENTS, standing.chapter, day).unit is None


def test_a_draft_can_be_removed_whole(standing, draft):
    remove_part(part=draft, by=standing.giang, at=AT)
    assert not CriteriaSet.objects.filter(pk=draft.pk).exists()
