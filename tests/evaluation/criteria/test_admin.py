import datetime

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from evaluation.criteria.actions import draft_from, load_sample
from evaluation.criteria.models import CriteriaSet, Indicator
from membership.models import TargetGroup, Unit
from tests.factories.evaluation import AT
from tests.laid import laid_once


@pytest.fixture
@laid_once
def sample(standing):
    load_sample(by=None, at=AT)
    return CriteriaSet.objects.get(group=TargetGroup.RESIDENTS)


@pytest.fixture
def draft(standing, sample):
    day = datetime.date(2027, 1, 1)
    return draft_from(criteria_set=sample, version="2027.1", valid_from=day, by=standing.giang, at=AT)


@pytest.fixture
def giang(standing, client):
    client.force_login(standing.giang)
    return client


def indicator_form(indicator, **changed):
    names = ("number", "name", "explanation", "examples", "maximum", "support")
    values = {name: getattr(indicator, name) for name in names}
    keys = {"criteria_set": indicator.criteria_set_id, "competency": indicator.competency_id}
    return {**values, **keys, **changed}


def test_sets_are_listed_and_inspected_whole(giang, sample):
    assert giang.get(reverse("criteria_sets:index")).status_code == 200
    text = giang.get(reverse("criteria_sets:inspect", args=[sample.pk])).text
    assert sample.indicators.get(number=10).name in text


def test_a_set_is_given_to_a_place_of_today_told_with_its_own_place(giang, standing, draft):
    field = giang.get(reverse("criteria_sets:edit", args=[draft.pk])).context["form"].fields["unit"]
    assert [str(label) for _key, label in field.choices][1] == "Thành phố Đà Nẵng"
    assert standing.association not in field.queryset
    Unit.objects.filter(pk=standing.commune.pk).update(valid_to=datetime.date(2026, 5, 1))
    page = giang.get(reverse("criteria_sets:edit", args=[draft.pk]))
    assert standing.commune.name not in [label for _key, label in page.context["form"].fields["unit"].choices]


@pytest.mark.parametrize("name", ["index", "add"])
def test_others_are_kept_out(standing, client, sample, name):
    client.force_login(standing.dung)
    assert client.get(reverse(f"indicators:{name}")).status_code in {302, 403}


def test_what_is_in_force_cannot_be_edited(giang, sample):
    indicator = sample.indicators.first()
    for address in (
        reverse("criteria_sets:edit", args=[sample.pk]),
        reverse("indicators:edit", args=[indicator.pk]),
        reverse("evidence_rules:delete", args=[indicator.rules.first().pk]),
    ):
        assert giang.get(address).status_code in {302, 403}
    giang.post(reverse("indicators:edit", args=[indicator.pk]), indicator_form(indicator, name="Khác"))
    assert Indicator.objects.get(pk=indicator.pk).name == indicator.name


def test_a_draft_is_edited_through_the_action(standing, giang, draft):
    indicator = draft.indicators.first()
    giang.post(reverse("indicators:edit", args=[indicator.pk]), indicator_form(indicator, name="Đọc sách, báo"))
    assert Indicator.objects.get(pk=indicator.pk).name == "Đọc sách, báo"
    entry = ModelLogEntry.objects.get(action="criteria.save")
    assert (entry.object_id, entry.user) == (str(indicator.pk), standing.giang)


def test_an_indicator_is_not_added_to_what_is_in_force(giang, sample):
    form = indicator_form(sample.indicators.first(), number=11)
    assert giang.post(reverse("indicators:add"), form).status_code == 200
    assert sample.indicators.count() == 10


def test_new_version_then_in_force(giang, sample):
    address = reverse("criteria_sets:new_version", args=[sample.pk])
    assert giang.get(address).status_code == 200
    giang.post(address, {"version": "2027.1", "valid_from": "2027-01-01", "unit": ""})
    draft = CriteriaSet.objects.get(version="2027.1")
    address = reverse("criteria_sets:put_in_force", args=[draft.pk])
    assert giang.get(address).status_code == 200
    giang.post(address)
    assert CriteriaSet.objects.get(pk=draft.pk).status == CriteriaSet.Status.IN_FORCE
    assert giang.post(reverse("criteria_sets:new_version", args=[sample.pk]), {"version": "2027.1"}).status_code == 200


def test_what_a_score_looks_like_is_refused_where_the_set_knows_no_such_score(giang, draft):
    indicator = draft.indicators.get(number=5)
    told = {"indicator": indicator.pk, "text": "Khá"}
    for points in ("7.2", "10.5"):
        answer = giang.post(reverse("anchors:add"), {**told, "points": points})
        assert list(answer.context["form"].errors) == ["points"]
    giang.post(reverse("anchors:add"), {**told, "points": "7.5"})
    assert indicator.anchors.filter(text="Khá").count() == 1
