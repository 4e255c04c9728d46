"""Saving answers as they are given. The row of the response is the record; no log entry beside it.

An answer is taken if its sequence is higher than the stored one and the attempt is open. A delivery that comes
late, twice or out of order changes nothing and is told what stands. What comes after the time: ``actions.late``.
"""

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from assessments.bank import versions
from assessments.kinds import KINDS, Answer
from assessments.models import Attempt, Response
from assessments.refusals import AttemptClosedError
from assessments.rules.quiz import is_over
from membership.models import User


@dataclass(frozen=True)
class Given:
    """One answer as it was delivered, not yet checked. ``made_at``: when it was given, by the browser's word."""

    position: int
    answer: object
    sequence: int
    made_at: datetime.datetime | None = None


@dataclass(frozen=True)
class Saved:
    """What stands after a delivery, and whether it is what was delivered."""

    position: int
    answer: Answer
    sequence: int
    answered_at: datetime.datetime | None
    is_saved: bool


def answer(
    *, attempt: Attempt | UUID, position: int, answer: object, sequence: int, by: User, at: datetime.datetime
) -> Saved:
    """Saves one answer: one SELECT and one guarded UPDATE, atomic by itself.

    Raises Response.DoesNotExist for an attempt that is not the user's or a position it lacks, ValidationError for
    an answer that does not fit the question, AttemptClosedError when it comes too late.
    """
    attempt_id = attempt.pk if isinstance(attempt, Attempt) else attempt
    mine = Response.objects.for_answering(attempt_id, by).filter(position=position)
    response = mine.get()
    given = Given(position, answer, sequence)
    _demand_open([response], at)
    saved = take_all([response], [given], at)[0]
    if not saved.is_saved or _write_one(response):
        return saved
    response = mine.get()  # something newer came between
    _demand_open([response], at)
    return take_all([response], [given], at)[0]


@transaction.atomic
def answer_all(*, attempt: Attempt | UUID, given: Sequence[Given], by: User, at: datetime.datetime) -> list[Saved]:
    """Saves many answers of one attempt with one statement. Raises as ``answer`` does; then none is saved."""
    if not given:
        return []
    attempt_id = attempt.pk if isinstance(attempt, Attempt) else attempt
    mine = Response.objects.for_answering(attempt_id, by).filter(position__in={one.position for one in given})
    responses = list(mine.select_for_update(of=("self",)))
    if not responses:
        raise Response.DoesNotExist
    _demand_open(responses, at)
    saved = take_all(responses, given, at)
    changed = {one.position for one in saved if one.is_saved}
    write([response for response in responses if response.position in changed], ["answer", "sequence", "answered_at"])
    return saved


def standing_answers(*, attempt: UUID, by: User) -> list[Saved]:
    """What stands of an attempt of the user's. Raises Response.DoesNotExist for another's."""
    rows = list(Response.objects.for_answering(attempt, by).order_by("position"))
    if not rows:
        raise Response.DoesNotExist
    return [Saved(one.position, one.answer, one.sequence, one.answered_at, True) for one in rows if one.sequence]


def take_all(responses: Iterable[Response], given: Iterable[Given], at: datetime.datetime) -> list[Saved]:
    """Puts the answers into the responses, without writing them. Raises before the first if one does not fit."""
    by_position = {response.position: response for response in versions.attach(responses)}
    pairs = [(by_position.get(one.position), one) for one in given]
    if any(response is None for response, _one in pairs):
        raise Response.DoesNotExist
    return [take(response, one, at) for response, one in pairs if response is not None]


def take(response: Response, given: Given, at: datetime.datetime) -> Saved:
    if not 0 < given.sequence < 2**53:
        raise ValidationError(_("This answer cannot be read. Reload the page and answer the question again."))
    cleaned = KINDS[response.version.kind].clean(given.answer, response.order)
    is_newer = given.sequence > response.sequence
    if is_newer:
        response.answer, response.sequence, response.answered_at = cleaned, given.sequence, at
    is_saved = is_newer or (given.sequence == response.sequence and cleaned == response.answer)
    return Saved(response.position, response.answer, response.sequence, response.answered_at, is_saved)


def write(responses: list[Response], fields: list[str]) -> None:
    """All the responses in one statement: on PostgreSQL its rows are one parameter, elsewhere it is an upsert."""
    if not responses:
        return
    if connection.vendor == "postgresql":
        _write_at_once(responses, [Response._meta.get_field(name) for name in fields])
    else:
        Response.objects.bulk_create(responses, update_conflicts=True, unique_fields=["id"], update_fields=fields)


def _write_at_once(responses: list[Response], fields: list[Any]) -> None:
    rows = [{"id": one.pk} | {field.column: getattr(one, field.attname) for field in fields} for one in responses]
    changes = ", ".join(f"{field.column} = given.{field.column}" for field in fields)
    types = ", ".join(f"{field.column} {field.db_type(connection)}" for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE assessments_response SET {changes} FROM jsonb_to_recordset(%s::jsonb) AS given(id bigint, {types})"  # noqa: S608
            " WHERE assessments_response.id = given.id",
            [json.dumps(rows, default=str)],
        )


def _write_one(response: Response) -> bool:
    """Whether it still was the newest answer of an open attempt."""
    open_and_older = Response.objects.filter(pk=response.pk, sequence__lt=response.sequence, is_closed=False)
    changes = {"answer": response.answer, "sequence": response.sequence, "answered_at": response.answered_at}
    return bool(open_and_older.update(**changes))


def _demand_open(responses: list[Response], at: datetime.datetime) -> None:
    attempt = responses[0].attempt
    if attempt.finished_at or any(response.is_closed for response in responses):
        raise AttemptClosedError(_("This attempt has been handed in. Your last answers were not added."))
    if is_over(attempt.due_at, at):
        raise AttemptClosedError(_("The time for this attempt is over. Your last answers were not added."))
