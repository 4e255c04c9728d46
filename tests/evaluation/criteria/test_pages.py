"""The officers' pages of the criteria."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from evaluation.criteria.actions import (
    ask_preview,
    calculate_preview,
    draft_from,
    load_sample,
    put_in_force,
    save_caps,
    save_part,
)
from evaluation.criteria.models import CriteriaSet, EvidenceRule, Preview, PreviewLine
from membership.models import TargetGroup
from tests.factories.evaluation import AT, evidence_for, member_without_account
from tests.laid import laid_once
from tests.queries import assert_constant_queries

NEXT = datetime.date(2027, 1, 1)


@pytest.fixture
@laid_once
def sample(standing):
    load_sample(by=None, at=AT)
    return CriteriaSet.objects.get(group=TargetGroup.RESIDENTS)


@pytest.fixture
def draft(standing, sample):
    return draft_from(criteria_set=sample, version="2027.1", valid_from=NEXT, by=standing.giang, at=AT)


@pytest.fixture
def giang(standing, client):
    client.force_login(standing.giang)
    return client


def address(name, *args):
    return reverse(f"criteria:{name}", args=args)


RULE = {"kind": "quiz_passed", "points": "2", "cap": "4", "topic": "ky-nang-so", "topic_name": "Kỹ năng số",
        "issuer": "", "page_key": "", "least_score": "7.5", "least_verification": "server_marked",
        "date_from": "2026-03-01", "date_to": "", "within_days": ""}  # fmt: skip


def test_every_page_opens_for_the_province_officer(giang, sample, draft):
    for page in (
        address("sets"),
        address("set", sample.pk),
        address("set", draft.pk),
        address("compared", draft.pk),
        address("new_version", sample.pk),
        address("preview", draft.pk),
        address("put_in_force", draft.pk),
        address("indicator", draft.pk, 5),
        address("add_rule", draft.pk, 5),
    ):
        assert giang.get(page).status_code == 200, page


@pytest.mark.parametrize("username", ["an", "chi", "dung", "lan", "minh"])
def test_nobody_else_learns_that_they_exist(standing, client, sample, draft, username):
    client.force_login(getattr(standing, username))
    for page in (address("sets"), address("set", sample.pk), address("indicator", draft.pk, 5)):
        assert client.get(page).status_code == 404
    assert client.post(address("preview", draft.pk)).status_code == 404


def test_a_rule_is_added_changed_and_removed(giang, draft):
    indicator = draft.indicators.get(number=4)
    giang.post(address("add_rule", draft.pk, 4), RULE)
    rule = indicator.rules.get()
    assert (rule.least_score, rule.date_from) == (Decimal("0.75"), datetime.date(2026, 3, 1))
    page = giang.get(address("indicator", draft.pk, 4)).text
    assert "Kỹ năng số" in page
    assert "7,5/10" in page
    giang.post(address("rule", draft.pk, 4, rule.pk), {**RULE, "points": "3"})
    assert indicator.rules.get().points == 3
    giang.post(address("remove_rule", draft.pk, 4, rule.pk))
    assert not indicator.rules.exists()


def test_points_beyond_the_cap_are_said_at_the_form_and_nothing_is_saved(giang, draft):
    wrong = [({"points": "5"}, "cap"), ({"points": "0"}, "points"), ({"date_to": "2026-02-28"}, "date_to")]
    for values, field in wrong:
        answer = giang.post(address("add_rule", draft.pk, 4), {**RULE, **values})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not draft.indicators.get(number=4).rules.exists()


def test_what_is_in_force_has_no_editor(giang, sample):
    rule = EvidenceRule.objects.filter(indicator__criteria_set=sample).first()
    assert giang.get(address("indicator", sample.pk, 1)).status_code == 404
    assert giang.post(address("remove_rule", sample.pk, 1, rule.pk)).status_code == 404


def test_caps_are_saved_and_taken_back(giang, draft):
    giang.post(address("indicator", draft.pk, 5), {"evidence_cap": "8", "quiz_passed": "3"})
    indicator = draft.indicators.get(number=5)
    assert indicator.evidence_cap == 8
    assert [(cap.kind, cap.cap) for cap in indicator.kind_caps.all()] == [("quiz_passed", 3)]
    giang.post(address("indicator", draft.pk, 5), {"evidence_cap": "", "quiz_passed": ""})
    assert draft.indicators.get(number=5).evidence_cap is None
    assert not indicator.kind_caps.exists()


def test_side_by_side_shows_what_changed_and_hides_the_rest(standing, giang, draft):
    indicator = draft.indicators.get(number=1)
    indicator.name = "Đọc sách mỗi ngày"
    save_part(part=indicator, by=standing.giang, at=AT)
    save_caps(indicator=indicator, evidence_cap=Decimal(7), kind_caps={}, by=standing.giang, at=AT)
    page = giang.get(address("compared", draft.pk))
    assert page.context["changes"] == 2
    assert "<ins>Đọc sách mỗi ngày</ins>" in page.text
    assert len(giang.get(address("compared", draft.pk) + "?tat-ca=1").text) > len(page.text)


def lowered(standing, draft):
    """An's course on digital skills gives two points less on indicator 5."""
    rule = draft.indicators.get(number=5).rules.filter(kind="course_completed").order_by("-points").first()
    rule.points = rule.points - 2
    return save_part(part=rule, by=standing.giang, at=AT)


def test_trying_out_says_who_would_change_and_by_how_much(standing, giang, draft):
    evidence_for(standing.an.person)
    lowered(standing, draft)
    giang.post(address("preview", draft.pk))
    preview = Preview.objects.get()
    assert (preview.raised, preview.lowered, preview.people) == (0, 1, 8)
    line = PreviewLine.objects.get()
    assert (line.person, line.difference) == (standing.an.person, Decimal(-2))
    [(number, before, after)] = line.moved(range(1, 11))
    assert (number, after - before) == (5, Decimal(-2))
    page = giang.get(address("preview", draft.pk))
    assert "Trần Thị An" in page.text
    assert not page.context["is_outdated"]
    save_caps(indicator=draft.indicators.get(number=5), evidence_cap=Decimal(1), kind_caps={}, by=standing.giang, at=AT)
    assert giang.get(address("preview", draft.pk)).context["is_outdated"]


def test_a_local_draft_concerns_its_people_alone(standing, sample):
    evidence_for(standing.an.person)
    evidence_for(standing.ha.person)
    local = draft_from(
        criteria_set=sample, version="HC", valid_from=NEXT, unit=standing.commune, by=standing.giang, at=AT
    )
    lowered(standing, local)
    preview = calculate_preview(preview=ask_preview(criteria_set=local, by=standing.giang, at=AT), at=AT)
    assert [line.person for line in preview.lines.all()] == [standing.an.person]
    assert calculate_preview(preview=preview, at=AT).people == preview.people


def test_list_of_people_reads_as_many_queries_for_more(standing, giang, draft):
    lowered(standing, draft)
    evidence_for(standing.an.person)
    giang.post(address("preview", draft.pk))

    def more():
        for _one in range(3):
            evidence_for(member_without_account(standing.chapter))
        giang.post(address("preview", draft.pk))

    assert_constant_queries(lambda: giang.get(address("preview", draft.pk)), more)


def test_a_set_reads_as_many_queries_for_more_rules_and_the_list_for_more_sets(standing, giang, sample, draft):
    def more():
        for version in ("2028.1", "2029.1"):
            draft_from(criteria_set=sample, version=version, valid_from=NEXT, by=standing.giang, at=AT)
        for number in (1, 4, 9):
            giang.post(address("add_rule", draft.pk, number), RULE)

    assert_constant_queries(
        lambda: [
            giang.get(address("set", draft.pk)),
            giang.get(address("sets")),
            giang.get(address("compared", draft.pk)),
        ],
        more,
    )


def test_a_frame_becomes_the_set_of_a_group(standing, giang, sample):
    giang.post(
        address("new_version", sample.parent_id), {"version": "9", "valid_from": "2027-01-01", "group": "workers"}
    )
    made = CriteriaSet.objects.get(version="9")
    assert (made.group, made.parent.is_frame, made.level) == ("workers", True, CriteriaSet.Level.NATIONAL)


def test_a_draft_is_put_in_force_from_its_page(giang, draft):
    giang.post(address("put_in_force", draft.pk))
    assert CriteriaSet.objects.get(pk=draft.pk).status == CriteriaSet.Status.IN_FORCE


def test_the_pass_rule_of_a_draft_is_changed(giang, sample, draft):
    numbers = {"name": draft.name, "version": "2027.1", "valid_from": "2027-01-01", "floor": "4", "step": "0.5"}
    giang.post(address("set", draft.pk), {**numbers, "threshold": "75"})
    assert CriteriaSet.objects.get(pk=draft.pk).threshold == 75
    giang.post(address("set", sample.pk), {**numbers, "threshold": "75"})
    assert CriteriaSet.objects.get(pk=sample.pk).threshold == 80


PASS_RULE = {"name": "Bộ tiêu chí mẫu", "version": "2027.1", "valid_from": "2027-01-01", "threshold": "80",
             "floor": "5", "step": "0.5"}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"), [("version", "2025.1"), ("step", "0"), ("threshold", "-1"), ("floor", "-0.5")]
)
def test_a_pass_rule_that_cannot_be_is_said_at_its_field(giang, draft, field, value):
    answer = giang.post(address("set", draft.pk), {**PASS_RULE, "name": draft.name, field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_the_list_says_which_set_holds_for_a_group_in_a_unit_on_a_day(standing, giang, sample):
    local = draft_from(
        criteria_set=sample, version="HC", valid_from=NEXT, unit=standing.commune, by=standing.giang, at=AT
    )
    put_in_force(criteria_set=local, by=standing.giang, at=AT)

    def holding(day, unit=standing.commune):
        return giang.get(address("sets"), {"group": "residents", "unit": unit.pk, "day": day}).context["holding"]

    assert holding("2026-12-31") == sample
    assert holding("2027-01-01") == local
    assert holding("2027-01-01", standing.province) == sample
    assert holding("2020-01-01") is None
    assert giang.get(address("sets"), {"group": "residents", "unit": "", "day": "x"}).status_code == 200


def test_what_scores_look_like_is_written_in_the_draft(giang, draft):
    giang.post(address("anchors", draft.pk, 5), {"at-0": "Chưa làm", "at-5": "", "at-8": "Làm đều", "at-10": "Dạy lại"})
    told = {int(anchor.points): anchor.text for anchor in draft.indicators.get(number=5).anchors.all()}
    assert told == {0: "Chưa làm", 8: "Làm đều", 10: "Dạy lại"}
    assert "Làm đều" in giang.get(address("set", draft.pk)).content.decode()
    refused = giang.post(address("anchors", draft.pk, 5), {"at-8": "x" * 2001})
    assert refused.status_code == 422
    assert giang.post(address("anchors", draft.pk, 5), {"at-8": "x\r\n" + "y" * 1998}).status_code == 302


def test_only_scores_that_the_set_knows_are_asked_for_but_what_is_told_can_be_taken_away(giang, draft):
    CriteriaSet.objects.filter(pk=draft.pk).update(step=4)
    fifth = draft.indicators.get(number=5)
    fifth.anchors.exclude(points=5).delete()
    form = giang.get(address("indicator", draft.pk, 5)).context["anchors_form"]
    assert list(form.fields) == ["at-0", "at-5", "at-8"]
    giang.post(address("anchors", draft.pk, 5), {"at-0": "", "at-5": "", "at-8": ""})
    assert not fifth.anchors.exists()
