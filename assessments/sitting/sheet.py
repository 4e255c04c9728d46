"""An attempt as its pages show it: questions with the answers given, and, when finished, how they were marked; and what
its form or its script sends.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.actions.answering import Given
from assessments.bank.media import Shown, shown_at
from assessments.kinds import KINDS, Answer, Marked, Order, Outcome
from assessments.kinds.base import LONGEST_WRITTEN
from assessments.models import QuestionVersion, QuizPage, Response, WrittenMark
from assessments.rules.marking import keys_of, mark, order_under

if TYPE_CHECKING:
    from django.utils.functional import Promise

# Nothing to add to a right answer; and an answer that waits is marked without the guide being public.
_KEPT_BACK = (Outcome.RIGHT, Outcome.WAITING)
MOST_ANSWERS = 500
LARGEST_BODY = 512 * 1024


@dataclass(frozen=True)
class Asked:
    """One question as the learner sees it: no key, and no trace of one."""

    position: int
    name: str
    prompt: str
    template: str
    control: str
    rule: str | Promise
    shown: dict[str, Any]
    sequence: str
    is_answered: bool
    error: str = ""
    media: list[Shown] = field(default_factory=list)

    @property
    def label(self) -> str:
        return label_of(self.position)

    @property
    def described_by(self) -> str:
        """The ids of what is read with the question."""
        parts = (("rule", self.rule), ("error", self.error))
        return " ".join(f"{name}-{self.position}" for name, text in parts if text)


@dataclass(frozen=True)
class Reviewed:
    """One question of a finished attempt, with as much as the quiz lets the learner know."""

    position: int
    prompt: str
    answer: list[str]
    marked: Marked
    rule: str | Promise
    right_answer: list[str] = field(default_factory=list)
    feedback: str = ""
    reason: str = ""
    media: list[Shown] = field(default_factory=list)
    criteria: list[str] = field(default_factory=list)
    comment: str = ""

    @property
    def label(self) -> str:
        return label_of(self.position)


@dataclass(frozen=True)
class Filled:
    """What a plain form brought: new answers, what does not fit, and where a newer answer stands already."""

    given: list[Given] = field(default_factory=list)
    errors: dict[int, str] = field(default_factory=dict)
    outrun: list[int] = field(default_factory=list)
    shown: dict[int, Answer] = field(default_factory=dict)


def name_of(position: int) -> str:
    return f"q-{position}"


def label_of(position: int) -> str:
    return _("Question %(number)s") % {"number": position}


def asked(responses: Iterable[Response], filled: Filled | None = None) -> list[Asked]:
    """The questions with the stored answers, or with what a form brought that is not stored yet."""
    filled = filled or Filled()
    return [_asked(response, filled) for response in responses]


def reviewed(responses: Iterable[Response], feedback: str) -> list[Reviewed]:
    """What the trainer allows to be seen after the end; nothing by question if the score only.

    The responses are read ``for_marking``: a corrected key shows the corrected answer.
    """
    if feedback == QuizPage.Feedback.NONE:
        return []
    kept = list(responses)
    keys = keys_of(kept)
    is_full = feedback == QuizPage.Feedback.FULL
    marks = WrittenMark.objects.latest_of(kept)
    return [
        _reviewed(response, keys[response.version_id], marks.get(response.pk), is_full=is_full) for response in kept
    ]


def fill(form: QueryDict, responses: Iterable[Response], at: datetime.datetime) -> Filled:
    """Reads a plain form against the stored responses. A field that it lacks leaves its answer alone."""
    filled = Filled()
    for response in responses:
        seen = form.get(f"seen-{response.position}", "")
        if seen.isascii() and seen.isdigit() and len(seen) < 17:
            _fill_one(filled, form, response, int(seen), at)
    return filled


def kept_fields(form: QueryDict) -> dict[str, list[str]]:
    """A form's answers as plain lists, to be kept while the learner signs in again; sane in number and length."""
    names = [name for name in form if name.startswith(("q-", "seen-"))][:1500]
    return {name: [text[:LONGEST_WRITTEN] for text in form.getlist(name)[:20]] for name in names}


def from_kept(fields: Mapping[str, list[str]]) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, texts in fields.items():
        form.setlist(name, texts)
    return form


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


def _asked(response: Response, filled: Filled) -> Asked:
    version, position = response.version, response.position
    body = version.parsed
    answer = filled.shown.get(position, response.answer)
    return Asked(
        position=position,
        name=name_of(position),
        prompt=version.prompt,
        template=body.template,
        control=body.control,
        rule=body.unusual_rule,
        shown=with_media(body.shown(response.order, answer), version.media, response.order),
        media=shown_at(version.media, None),
        sequence=str(response.sequence),
        is_answered=answer is not None,
        error=filled.errors.get(position, ""),
    )


def with_media(shown: dict[str, Any], media: list[dict[str, Any]], order: Order) -> dict[str, Any]:
    """Each option with what stands beside it; the place in the shown order says nothing of the key."""
    if media and "options" in shown and order:
        pairs = zip(shown["options"], order, strict=True)
        return shown | {"options": [option | {"media": shown_at(media, index)} for option, index in pairs]}
    return shown


def _reviewed(response: Response, key: QuestionVersion, mark_: WrittenMark | None, *, is_full: bool) -> Reviewed:
    body = key.parsed
    marked = mark(response, key)
    return Reviewed(
        position=response.position,
        prompt=response.version.prompt,
        media=shown_at(response.version.media, None),
        answer=response.version.parsed.describe(response.answer, response.order),
        marked=marked,
        rule=body.unusual_rule,
        right_answer=body.right_answer() if is_full and marked.outcome not in _KEPT_BACK else [],
        feedback=key.feedback if is_full else "",
        reason=body.reason(marked, response.answer, order_under(key, response)),
        criteria=body.marks_in_words(mark_.points) if mark_ else [],
        comment=mark_.comment if mark_ else "",
    )


def _fill_one(filled: Filled, form: QueryDict, response: Response, seen: int, at: datetime.datetime) -> None:
    kind, position = KINDS[response.version.kind], response.position
    raw: object = None
    try:
        raw = kind.read(form, name_of(position), response.order)
        answer = kind.clean(raw, response.order)
    except ValidationError as error:
        filled.errors[position] = error.messages[0]
        if isinstance(raw, str):
            filled.shown[position] = raw
        return
    if answer == response.answer:
        return
    if response.sequence > seen:
        filled.outrun.append(position)
        return
    filled.given.append(Given(position, answer, max(response.sequence + 1, int(at.timestamp() * 1000))))
    filled.shown[position] = answer


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
