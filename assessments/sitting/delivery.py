"""What the page's script sends: one answer, or several."""

import datetime
import json

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.actions.answering import Given

MOST_ANSWERS = 500
LARGEST_BODY = 512 * 1024


def read_delivery(body: bytes) -> list[Given]:
    """From ``{position, answer, sequence}`` or ``{answers: [the same, …]}``, each with ``made_at`` if it is known.

    Raises ValidationError.
    """
    try:
        sent = json.loads(body) if len(body) <= LARGEST_BODY else None
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise _unreadable()
    answers = sent.get("answers", [sent])
    if not isinstance(answers, list) or not 0 < len(answers) <= MOST_ANSWERS:
        raise _unreadable()
    return [_given(one) for one in answers]


def _given(one: object) -> Given:
    if not isinstance(one, dict) or "answer" not in one:
        raise _unreadable()
    made_at = one.get("made_at")
    return Given(
        _whole(one.get("position"), 10_000),
        one["answer"],
        _whole(one.get("sequence"), 2**53),
        None if made_at is None else _moment(made_at),
    )


def _moment(value: object) -> datetime.datetime:
    """From milliseconds since 1970."""
    return datetime.datetime.fromtimestamp(_whole(value, 10**13) / 1000, tz=datetime.UTC)


def _whole(value: object, limit: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < limit:
        raise _unreadable()
    return value


def _unreadable() -> ValidationError:
    return ValidationError(_("What was sent cannot be read. Reload the page; answers that were saved are kept."))
