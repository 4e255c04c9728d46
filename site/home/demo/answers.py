"""Answers to questions for those who know the key: the demo's learners, and tests."""

from assessments.kinds import Answer, Body, Order
from assessments.kinds.blanks import Blanks
from assessments.kinds.choice import MultipleChoice, SingleChoice
from assessments.kinds.numbers import canonical
from assessments.kinds.numeric import Numeric
from assessments.kinds.rows import Matching, Ordering
from assessments.kinds.short_text import ShortText
from assessments.kinds.true_false import TrueFalse
from assessments.kinds.written import Written


def right(body: Body, order: Order) -> Answer:
    """The answer that earns the whole point."""
    match body:
        case SingleChoice():
            return next(place for place, index in enumerate(order) if body.options[index].is_correct)
        case MultipleChoice():
            return [place for place, index in enumerate(order) if body.options[index].is_correct]
        case TrueFalse():
            return body.answer
        case Matching():
            places = {body.rights[index]: place for place, index in enumerate(order["rights"])}
            return [places[body.pairs[index][1]] for index in order["lefts"]]
        case Ordering():
            return order
    return _right_in_words(body, order)


def _right_in_words(body: Body, order: Order) -> Answer:
    match body:
        case ShortText():
            return body.accepted[0]
        case Numeric():
            return f"{canonical(body.number)} {''.join(body.units[:1])}".strip()
        case Blanks():
            return [places.index(0) if places else gap.right[0] for gap, places in zip(body.gaps, order, strict=True)]
        case Written():
            return body.guide or body.criteria[0].text
    raise TypeError(type(body))


def wrong(body: Body, order: Order) -> Answer:
    """An answer that earns less."""
    match body:
        case SingleChoice():
            return next(place for place, index in enumerate(order) if not body.options[index].is_correct)
        case MultipleChoice():
            return [0] if right(body, order) != [0] else [1]
        case TrueFalse():
            return not body.answer
        case ShortText():
            return "không nhớ"
        case Numeric():
            return canonical(body.number + body.tolerance + 1)
        case Blanks():
            return [places.index(1) if places else "không nhớ" for places in order]
        case Written():
            return "Tôi chưa biết."
    answer = right(body, order)
    return answer[1:] + answer[:1]
