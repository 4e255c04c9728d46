import datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from evaluation.criteria.scoring import EvidenceItem, Rule, judge, suggest

KINDS = ["course_completed", "quiz_passed", "attendance"]
TOPICS = ["ky-nang-so", "ngoai-ngu"]
MAXIMA = {number: Decimal(10) for number in range(1, 4)}
STEP = Decimal("0.5")

halves = st.integers(min_value=1, max_value=20).map(lambda value: Decimal(value) / 2)
items = st.lists(
    st.builds(
        EvidenceItem,
        key=st.uuids().map(str),
        kind=st.sampled_from(KINDS),
        title=st.just("Một điều đã học"),
        occurred_on=st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)),
        verification=st.sampled_from(["none", "document_seen", "server_marked", "signed"]),
        score=st.none() | st.integers(0, 10).map(lambda value: Decimal(value) / 10),
        topics=st.lists(st.sampled_from(TOPICS), unique=True).map(tuple),
        page_key=st.sampled_from(["", "page-1", "page-2"]),
    ),
    max_size=12,
)
rules = st.lists(
    st.builds(
        lambda key, indicator, kind, topic, points, extra, least: Rule(
            key=key,
            indicator=indicator,
            kind=kind,
            points=points,
            cap=points + extra,
            topic=topic,
            least_score=least,
        ),
        key=st.integers(1, 10_000),
        indicator=st.integers(1, 3),
        kind=st.sampled_from(KINDS),
        topic=st.sampled_from(["", *TOPICS]),
        points=halves,
        extra=halves,
        least=st.none() | st.just(Decimal("0.7")),
    ),
    max_size=8,
    unique_by=lambda rule: rule.key,
)


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
            assert suggestion.points <= min(MAXIMA[number], sum(rule.cap for rule in own))
            assert suggestion.points % STEP == 0
        for rule in own:
            assert sum(Decimal(line["counted"]) for line in suggestion.trace if line["rule"] == rule.key) <= rule.cap


@given(items, rules, st.randoms())
def test_order_changes_nothing(given_items, given_rules, random):
    shuffled_items, shuffled_rules = list(given_items), list(given_rules)
    random.shuffle(shuffled_items)
    random.shuffle(shuffled_rules)
    assert suggest(shuffled_items, shuffled_rules, MAXIMA, STEP) == suggest(given_items, given_rules, MAXIMA, STEP)


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
