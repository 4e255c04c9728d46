"""The kinds of question: what each holds, shows, accepts and awards. Pure; the database is not asked."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

from assessments.kinds.base import NOT_ANSWERED, WAITING, Answer, Body, Marked, Order, Outcome
from assessments.kinds.blanks import Blanks
from assessments.kinds.choice import MultipleChoice, SingleChoice
from assessments.kinds.numeric import Numeric
from assessments.kinds.rows import Matching, Ordering
from assessments.kinds.short_text import ShortText
from assessments.kinds.true_false import TrueFalse
from assessments.kinds.written import Written

KINDS: dict[str, type[Body]] = {
    kind.key: kind
    for kind in (
        SingleChoice,
        MultipleChoice,
        TrueFalse,
        ShortText,
        Matching,
        Ordering,
        Numeric,
        Blanks,
        Written,
    )
}


def choices() -> list[tuple[str, str | Promise]]:
    """For fields of models and forms: a migration names this function, so a new kind needs none."""
    return [(kind.key, kind.label) for kind in KINDS.values()]


def marked_by_trainers() -> list[str]:
    return [kind.key for kind in KINDS.values() if kind.is_marked_by_trainer]


def parse(kind: str, body: Mapping[str, Any]) -> Body:
    """Raises ValidationError, in words for trainers, if the body does not fit the kind."""
    return KINDS[kind].parse(body)


def body_from_plain(kind: str, plain: Mapping[str, Any]) -> dict[str, Any]:
    """A question's plain keys (options, answer, accepted, pairs or items; others are left aside) as a stored body."""
    return parse(kind, plain).as_json()
