"""Whoever holds a slip proves it with code and birth year; each refusal is kept, and stands in the audit log."""

import datetime

from django.db import transaction
from wagtail.log_actions import log

from membership.actions.slips import why_refused
from membership.models import Person, Slip, SlipRefusal, User

MOST_TRIES = 5
_Reason = SlipRefusal.Reason


@transaction.atomic
def prove_slip(*, code: str, birth_year: int, at: datetime.datetime) -> Slip | SlipRefusal:
    """The slip that both prove together, or the refusal: by its ``is_proven`` whether both were right, so that the
    person may be told why."""
    slip = Slip.objects.select_for_update().with_code(code).first()
    if slip is None:
        return refuse_slip(slip=None, reason=_Reason.UNKNOWN, at=at)
    if slip.tries >= MOST_TRIES:
        return refuse_slip(slip=slip, reason=_Reason.TRIED, at=at)
    if slip.person.birth_year != birth_year:
        _count_try(slip, at)
        return refuse_slip(slip=slip, reason=_Reason.YEAR, at=at)
    reason = why_refused(slip, at)
    return slip if reason is None else refuse_slip(slip=slip, reason=reason, at=at)


@transaction.atomic
def refuse_slip(*, slip: Slip | None, reason: SlipRefusal.Reason, at: datetime.datetime) -> SlipRefusal:
    """Ids only; never the code, nor what was typed."""
    refusal = SlipRefusal.objects.create(slip=slip, reason=reason, at=at)
    data = {"reason": reason, "slip": slip and slip.pk, "person": slip and slip.person_id}
    log(instance=refusal, action="membership.refuse_slip", user=None, title=str(slip or ""), data=data)
    return refusal


def refuse_printing(*, person: Person, by: User) -> None:
    """An officer asked for the slip of somebody who is not within their reach: nothing is printed."""
    log(instance=person, action="membership.refuse_printing", user=by, title=f"person {person.pk}")


def _count_try(slip: Slip, at: datetime.datetime) -> None:
    slip.tries += 1
    if slip.tries >= MOST_TRIES and slip.used_at is None:
        slip.ended_at = slip.ended_at or at
    slip.save(update_fields=["tries", "ended_at"])
