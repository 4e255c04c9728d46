import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.criteria.scoring import EvidenceItem, Rule, judge, suggest
from tests.evaluation.criteria.strategies import MAXIMA, STEP, items, rule_lists

rules = rule_lists()


def course(key: str, day: int = 4, **values: object) -> EvidenceItem:
    defaults = {"topics": ("ky-nang-so",), "score": Decimal("0.9"), "verification": "server_marked"}
    return EvidenceItem(
        key=key,
        kind="course_completed",
        title=f"Khóa {key}",
        occurred_on=datetime.date(2026, 5, day),
        **{**defaults, **values},
    )


def digital_rule(**values: object) -> Rule:
    defaults = {"points": Decimal(4), "cap": Decimal(6), "topic": "ky-nang-so"}
    return Rule(key=1, indicator=1, kind="course_completed", **{**defaults, **values})


@given(items, rules, st.data())
def test_more_evidence_never_lowers_a_suggestion(given_items, given_rules, data):
    part = data.draw(st.lists(st.sampled_from(given_items), unique=True)) if given_items else []
    fewer = suggest(part, given_rules, MAXIMA, STEP)
    more = suggest(given_items, given_rules, MAXIMA, STEP)
    assert all((fewer[number].points or 0) <= (more[number].points or 0) for number in MAXIMA)


@given(items, rules)
def test_nothing_passes_a_cap_the_maximum_or_falls_between_steps(given_items, given_rules):
    for number, suggestion in suggest(given_items, given_rules, MAXIMA, STEP).items():
        own = [rule for rule in given_rules if rule.indicator == number]
        assert (suggestion.points is None) == (not own)
        if suggestion.points is not None:
            widest = [rule.indicator_cap for rule in own if rule.indicator_cap is not None]
            assert suggestion.points <= min([MAXIMA[number], sum(rule.cap for rule in own), *widest])
            assert suggestion.points % STEP == 0
        for rule in own:
            assert sum(Decimal(line["counted"]) for line in suggestion.trace if line["rule"] == rule.key) <= rule.cap
            of_kind = {other.key for other in own if other.kind == rule.kind}
            given_by_kind = sum(Decimal(line["counted"]) for line in suggestion.trace if line["rule"] in of_kind)
            assert rule.kind_cap is None or given_by_kind <= rule.kind_cap


@given(items, rules, st.randoms())
def test_order_changes_nothing(given_items, given_rules, random):
    shuffled_items, shuffled_rules = list(given_items), list(given_rules)
    random.shuffle(shuffled_items)
    random.shuffle(shuffled_rules)
    assert suggest(shuffled_items, shuffled_rules, MAXIMA, STEP) == suggest(given_items, given_rules, MAXIMA, STEP)


@given(items, rules)
def test_saying_the_same_twice_changes_nothing(given_items, given_rules):
    once = suggest(given_items, given_rules, MAXIMA, STEP)
    assert suggest([*given_items, *given_items], given_rules, MAXIMA, STEP) == once


@given(items, rules, st.data())
def test_a_wrong_fact_superseded_by_the_right_one_restores_the_suggestion(given_items, given_rules, data):
    if not given_items:
        return
    right = data.draw(st.sampled_from(given_items))
    wrong = replace(right, kind="observation", score=None, topics=())
    others = [item for item in given_items if item is not right]
    before = suggest(given_items, given_rules, MAXIMA, STEP)
    suggest([*others, wrong], given_rules, MAXIMA, STEP)
    assert suggest([*others, replace(right)], given_rules, MAXIMA, STEP) == before


@given(items, rules)
def test_the_trace_adds_up_to_the_suggestion(given_items, given_rules):
    for number, suggestion in suggest(given_items, given_rules, MAXIMA, STEP).items():
        if suggestion.points is not None:
            counted = sum((Decimal(line["counted"]) for line in suggestion.trace), Decimal(0))
            assert suggestion.points == min(counted, MAXIMA[number]) // STEP * STEP


def test_all_rules_of_a_kind_share_its_cap():
    shared = {"kind_cap": Decimal(5), "topic": ""}
    pair = [digital_rule(**shared), replace(digital_rule(**shared), key=2)]
    suggestion = suggest([course("a")], pair, {1: Decimal(10)}, STEP)[1]
    assert suggestion.points == Decimal(5)
    assert [(line["counted"], line["cap"]) for line in suggestion.trace] == [("4", "6"), ("1", "5")]


def test_evidence_suggests_no_more_than_the_indicator_lets_it():
    rule = digital_rule(indicator_cap=Decimal("2.5"))
    assert suggest([course("a"), course("b")], [rule], {1: Decimal(10)}, STEP)[1].points == Decimal("2.5")


@pytest.mark.parametrize(
    ("condition", "day", "counts"),
    [
        ({"date_from": datetime.date(2026, 5, 4)}, 4, True),
        ({"date_from": datetime.date(2026, 5, 5)}, 4, False),
        ({"date_to": datetime.date(2026, 5, 4)}, 4, True),
        ({"date_to": datetime.date(2026, 5, 3)}, 4, False),
        ({"within_days": 241}, 4, True),  # 4 May is 241 days before 31 December
        ({"within_days": 240}, 4, False),
        ({"issuer": "Trường A"}, 4, True),
        ({"issuer": "Trường B"}, 4, False),
    ],
)
def test_days_and_issuer_are_conditions(condition, day, counts):
    item = course("a", day, issuer="Trường A")
    points = suggest([item], [digital_rule(**condition)], {1: Decimal(10)}, STEP)[1].points
    assert points == (Decimal(4) if counts else 0)


def test_second_course_counts_only_up_to_the_cap():
    suggestion = suggest([course("a"), course("b", 6)], [digital_rule()], {1: Decimal(10)}, STEP)[1]
    assert suggestion.points == Decimal(6)
    assert [line["counted"] for line in suggestion.trace] == ["4", "2"]
    assert suggestion.trace[0]["day"] == "2026-05-04"


def test_same_page_counts_once():
    twice = [course("a", page_key="p"), course("b", 6, page_key="p")]
    assert suggest(twice, [digital_rule()], {1: Decimal(10)}, STEP)[1].points == Decimal(4)


def test_too_low_a_score_or_too_weak_a_check_counts_nothing():
    rule = digital_rule(least_score=Decimal("0.7"), least_verification="server_marked")
    weak = [course("a", score=Decimal("0.6")), course("b", score=None), course("c", verification="document_seen")]
    assert suggest(weak, [rule], {1: Decimal(10)}, STEP)[1].points == 0


def test_points_are_rounded_down_to_the_step():
    rule = digital_rule(points=Decimal("1.4"), cap=Decimal("1.4"))
    assert suggest([course("a")], [rule], {1: Decimal(10)}, STEP)[1].points == Decimal(1)


def figures(*points: str | None) -> dict[int, Decimal | None]:
    return {number: None if value is None else Decimal(value) for number, value in enumerate(points, start=1)}


def verdict(*points: str | None):
    return judge(figures(*points), Decimal(80), Decimal(5), range(1, 11))


def test_eighty_with_a_least_of_five_passes():
    result = verdict("5", "5", "10", "10", "10", "10", "10", "10", "5", "5")
    assert (result.is_passed, result.is_complete, result.total) == (True, True, Decimal(80))
    assert result.reasons == ()


def test_eighty_with_a_four_and_a_half_fails():
    result = verdict("4.5", "5.5", "10", "10", "10", "10", "10", "10", "5", "5")
    assert not result.is_passed
    assert [(reason.kind, reason.number) for reason in result.reasons] == [("floor", 1)]


def test_seventy_nine_and_a_half_fails():
    result = verdict("9.5", "10", "10", "10", "10", "5", "5", "5", "5", "10")
    assert not result.is_passed
    assert [reason.kind for reason in result.reasons] == ["total"]


def test_an_unscored_indicator_is_incomplete():
    result = verdict(None, "10", "10", "10", "10", "10", "10", "10", "10", "10")
    assert (result.is_passed, result.is_complete) == (False, False)
    assert [(reason.kind, reason.number) for reason in result.reasons] == [("missing", 1)]
