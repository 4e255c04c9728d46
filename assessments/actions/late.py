"""Answers that arrive after the time, given before it on a device without network (decision 0050)."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.answering import Given, Saved, take, take_all, write
from assessments.actions.remarking import mark_anew
from assessments.bank import versions
from assessments.models import Attempt, Response, Signal
from assessments.refusals import AttemptClosedError
from assessments.rules.quiz import counts_late, takes_late
from membership.models import User


@transaction.atomic
def take_late(*, attempt: UUID, given: Sequence[Given], by: User, at: datetime.datetime) -> list[Saved]:
    """Takes those that count; a result that the site made meanwhile is made anew. A signal tells a person of it.

    Delivering again changes nothing. Raises Response.DoesNotExist for an attempt that is not the user's,
    AttemptClosedError where none counts.
    """
    mine = Attempt.objects.of(by).held_for_finishing().filter(pk=attempt).first()
    if mine is None:
        raise Response.DoesNotExist
    if mine.is_settled or not takes_late(mine.due_at, at):
        raise AttemptClosedError(_("This attempt has been handed in. Your last answers were not added."))
    responses = versions.attach(mine.responses.for_marking().select_for_update(of=("self",)))
    counted = [one for one in given if _counts(one, mine, responses)]
    if not counted:
        raise AttemptClosedError(_("The time for this attempt is over. Your last answers were not added."))
    before = {response.position: response.sequence for response in responses}
    saved = take_all(responses, [replace(one) for one in counted], at)
    _date(responses, counted, before)
    changed = [response for response in responses if response.sequence != before[response.position]]
    write(changed, ["answer", "sequence", "answered_at", "is_late"])
    if changed:
        Signal.objects.get_or_create(
            attempt=mine, kind=Signal.Kind.LATE, defaults={"noticed_at": at, "details": {"answers": len(changed)}}
        )
    if changed and mine.finished_at:
        mark_anew(attempt=mine, responses=responses, reason=_("Answers given in time arrived later."), at=at)
    return [*saved, *_refused(responses, given, counted, at)]


def _counts(given: Given, attempt: Attempt, responses: list[Response]) -> bool:
    if given.made_at is None or attempt.due_at is None:
        return False
    contacts = [one.answered_at for one in responses if one.answered_at and not one.is_late]
    return counts_late(
        given.made_at,
        started_at=attempt.started_at,
        due_at=attempt.due_at,
        last_contact=max(contacts, default=None),
    )


def _date(responses: list[Response], counted: list[Given], before: dict[int, int]) -> None:
    made = {one.position: one.made_at for one in counted}
    for response in responses:
        if response.sequence != before[response.position]:
            response.answered_at, response.is_late = made[response.position], True


def _refused(
    responses: list[Response], given: Sequence[Given], counted: list[Given], at: datetime.datetime
) -> list[Saved]:
    """What stands where an answer did not count."""
    places = {one.position for one in given} - {one.position for one in counted}
    standing = [one for one in responses if one.position in places]
    return [take(one, Given(one.position, one.answer, max(one.sequence, 1)), at) for one in standing if one.sequence]
