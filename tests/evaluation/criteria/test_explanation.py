import datetime
from dataclasses import replace
from decimal import Decimal

from django.utils import translation

from evaluation.criteria.explanation import open_rules, reason_texts, sentences, todo
from evaluation.criteria.ladder import points_text
from evaluation.criteria.scoring import Reason, suggest
from tests.evaluation.criteria.test_scoring import STEP, course, digital_rule


def test_each_line_names_points_course_score_day_and_cap():
    trace = suggest([course("a"), course("b", 6)], [digital_rule()], {1: Decimal(10)}, STEP)[1].trace
    with translation.override("en"):
        assert sentences(trace, Decimal(10)) == [
            "+4: finished the course “Khóa a” with 9/10 on 04/05/2026.",
            "+2: finished the course “Khóa b” with 9/10 on 06/05/2026. Capped at 6 for evidence of this kind.",
        ]


def test_the_maximum_is_named_where_it_cuts():
    trace = suggest([course("a"), course("b", 6)], [digital_rule()], {1: Decimal(5)}, STEP)[1].trace
    with translation.override("en"):
        assert sentences(trace, Decimal(5))[-1] == "Counted up to the indicator's maximum of 5."


def advice(rules, trace, points, maximum):
    return [todo(rule, left) for rule, left in open_rules(rules, trace, points, maximum)]


def test_advice_says_what_would_raise_it_and_nothing_at_the_maximum():
    rule = digital_rule(topic_name="Kỹ năng số")
    trace = suggest([course("a")], [rule], {1: Decimal(10)}, STEP)[1].trace
    with translation.override("en"):
        assert advice([rule], trace, Decimal(4), Decimal(10)) == ["Finish a course on “Kỹ năng số”: +2, up to 2 more."]
    assert advice([rule], trace, Decimal(4), Decimal(4)) == []


def test_advice_promises_no_more_than_every_cap_leaves():
    rules = [
        digital_rule(kind_cap=Decimal(5), indicator_cap=Decimal(7), topic=""),
        replace(digital_rule(topic="", points=Decimal(2), indicator_cap=Decimal(7)), key=2, kind="quiz_passed"),
    ]
    trace = suggest([course("a")], rules[:1], {1: Decimal(10)}, STEP)[1].trace
    with translation.override("en"):
        assert advice(rules, trace, Decimal(4), Decimal(10)) == [
            "Finish a course: +1, up to 1 more.",
            "Pass a quiz: +2, up to 3 more.",
        ]
        assert advice(rules, trace, Decimal(4), Decimal("4.5")) == [
            "Finish a course: +0.5, up to 0.5 more.",
            "Pass a quiz: +0.5, up to 0.5 more.",
        ]


def test_advice_says_what_the_evidence_must_be():
    rule = digital_rule(
        topic="", least_score=Decimal("0.7"), least_verification="server_marked", date_to=datetime.date(2026, 6, 30)
    )
    with translation.override("en"):
        [told] = advice([rule], [], Decimal(0), Decimal(10))
    assert told.startswith(
        "Finish a course: +4, up to 6 more. What counts: with at least 7/10; checked at least so far"
    )
    assert told.endswith("until 30/06/2026.")


def test_numbers_follow_the_readers_language():
    with translation.override("vi"):
        assert points_text(Decimal("8.50")) == "8,5"
        assert points_text(Decimal("8.0")) == "8"


def test_reasons_name_the_indicator():
    with translation.override("en"):
        assert reason_texts([Reason("missing", 4), Reason("floor", 1, Decimal("4.5"), Decimal(5))], {1: "Đọc"}) == [
            "Indicator 4, : no score yet.",
            "Indicator 1, Đọc: 4.5 is below the floor of 5.",
        ]
