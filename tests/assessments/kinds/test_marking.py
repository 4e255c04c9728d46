"""What holds of marking, whatever the question and the answer."""

from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.kinds import NOT_ANSWERED, Outcome, parse

from .samples import _right_answer, answers_to, plain_bodies, samples

_WRONG_WORDS = "điều mà không ai chấp nhận"
_often = settings(max_examples=80)


@_often
@given(samples())
def test_the_right_answer_earns_the_whole_point(sample):
    marked = sample.body.mark(sample.full, sample.order)
    assert (marked.points, marked.outcome) == (Decimal("1.00"), Outcome.RIGHT)


@_often
@given(samples())
def test_no_answer_earns_nothing(sample):
    assert sample.body.mark(None, sample.order) == NOT_ANSWERED


@_often
@given(st.data())
def test_points_lie_between_nothing_and_one_in_hundredths(data):
    sample = data.draw(samples())
    marked = sample.body.mark(data.draw(answers_to(sample)), sample.order)
    assert 0 <= marked.points <= 1
    assert marked.points == marked.points.quantize(Decimal("0.01"))
    assert (marked.outcome == Outcome.RIGHT) == (marked.points == 1)


@_often
@given(st.data())
def test_marking_is_deterministic(data):
    sample = data.draw(samples())
    answer = data.draw(answers_to(sample))
    again = parse(sample.kind, sample.body.as_json())
    assert again.mark(answer, sample.order) == sample.body.mark(answer, sample.order)


@_often
@given(st.data())
def test_an_added_wrong_option_never_earns_more(data):
    """Ticked beside others, put into an empty line, in place of a right one, or written after it."""
    sample = data.draw(samples())
    answer = data.draw(answers_to(sample))
    worse = data.draw(st.sampled_from(_with_a_wrong_part(sample, answer) or [answer]))
    assert sample.body.mark(worse, sample.order).points <= sample.body.mark(answer, sample.order).points


def _with_a_wrong_part(sample, answer):
    """The answer with one wrong part more: each way there is."""
    full, kind = sample.full, sample.kind
    if kind == "multiple_choice":
        return [sorted({*(answer or []), place}) for place in range(len(sample.order)) if place not in full]
    if kind in ("matching", "ordering", "blanks"):
        parts = answer or [None] * len(full)
        wrong = [_wrong_part(sample, row) for row in range(len(full))]
        return [[*parts[:row], part, *parts[row + 1 :]] for row, part in enumerate(wrong) if part is not None]
    if kind == "single_choice":
        return [place for place in range(len(sample.order)) if place != full]
    if kind == "true_false":
        return [not full]
    return [f"{answer or ''} {_WRONG_WORDS}"]


def _wrong_part(sample, row):
    if sample.kind == "blanks":
        places = sample.order[row]
        return places.index(1) if places else _WRONG_WORDS
    count = len(sample.order["rights"]) if sample.kind == "matching" else len(sample.order)
    return next((place for place in range(count) if place != sample.full[row]), None)


@_often
@given(samples(), st.integers(0, 2**32))
def test_the_order_of_showing_does_not_matter(sample, seed):
    order = sample.body.shuffle(Random(seed))
    same = _right_answer(sample.kind, sample.body, order)
    assert sample.body.mark(same, order) == sample.body.mark(sample.full, sample.order)
    assert sample.body.describe(same, order) == sample.body.describe(sample.full, sample.order) or (
        sorted(sample.body.describe(same, order)) == sorted(sample.body.describe(sample.full, sample.order))
    )


@_often
@given(st.data())
def test_cleaning_a_clean_answer_changes_nothing(data):
    sample = data.draw(samples())
    answer = data.draw(answers_to(sample))
    assert type(sample.body).clean(answer, sample.order) == answer


@_often
@given(plain_bodies())
def test_a_stored_body_reads_as_it_was_written(kind_and_plain):
    kind, plain = kind_and_plain
    stored = parse(kind, plain).as_json()
    assert parse(kind, stored) == parse(kind, plain)
    assert parse(kind, stored).as_json() == stored


@_often
@given(samples())
def test_what_is_shown_is_the_same_whatever_is_right(sample):
    """The key is not in what the browser gets: the same texts with another key show the same."""
    if sample.kind not in ("single_choice", "multiple_choice", "true_false", "short_text", "numeric", "blanks"):
        return
    stored = sample.body.as_json()
    if "options" in stored:
        flags = [option["is_correct"] for option in stored["options"]]
        for option, flag in zip(stored["options"], flags[1:] + flags[:1], strict=True):
            option["is_correct"] = flag
    elif "answer" in stored:
        stored["answer"] = not stored["answer"]
    elif "gaps" in stored:
        for gap in stored["gaps"]:
            gap["right"] = gap["right"] if gap["wrong"] else ["something else"]
    elif "number" in stored:
        stored["number"] = "7"
    else:
        stored["accepted"] = ["something else"]
    other = parse(sample.kind, stored)
    assert other.shown(sample.order, None) == sample.body.shown(sample.order, None)


@_often
@given(st.lists(st.text("abcdefgh", min_size=1), min_size=2, max_size=8, unique=True), st.integers(0, 2**32))
def test_ordering_is_never_shown_in_the_right_order(items, seed):
    body = parse("ordering", {"items": items})
    shown = [row["text"] for row in body.shown(body.shuffle(Random(seed)), None)["rows"]]
    assert shown != list(body.items)
