"""Why an answer got its points, in one sentence for who gave it. Says nothing of the key."""

from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.kinds import Answer, Body, Marked, Order, Outcome
from assessments.kinds.choice import MultipleChoice
from assessments.kinds.rows import Matching, Ordering


def reason(body: Body, marked: Marked, answer: Answer, order: Order) -> str:
    if marked.outcome == Outcome.EMPTY:
        return _("No answer was given, so no points.")
    if marked.points is None:
        return _("A trainer has still to mark this answer.")
    if marked.outcome == Outcome.RIGHT:
        return _("All of it is right, so the whole point.")
    match body:
        case MultipleChoice():
            return _of_choices(body, answer, order)
        case Matching() | Ordering():
            return _of_rows(len(answer), marked.points)
    if marked.outcome == Outcome.PARTLY:
        return _("Part of it is right, so part of the point.")
    return _("The answer is not right, so no points.")


def _of_choices(body: MultipleChoice, answer: Answer, order: Order) -> str:
    chosen = [body.options[order[place]].is_correct for place in answer]
    values = {
        "right": chosen.count(True),
        "wrong": chosen.count(False),
        "all": sum(option.is_correct for option in body.options),
    }
    if values["wrong"]:
        message = _("Right choices: %(right)d of %(all)d. Wrong choices: %(wrong)d, each takes one share away.")
    else:
        message = _("Right choices: %(right)d of %(all)d. Each earns its share.")
    return message % values


def _of_rows(count: int, points: Decimal) -> str:
    right = round(points * count)
    return _("Lines in the right place: %(right)d of %(all)d. Each earns its share.") % {"right": right, "all": count}
