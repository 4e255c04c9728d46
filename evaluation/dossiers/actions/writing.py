"""What the person writes: own scores, notes, attached evidence, and handing it in.

A person's own entries are their rows, without an entry in the audit log; what an officer enters for them has one.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.assisting import fingerprint_of
from evaluation.dossiers.actions.deadlines import require_in_time
from evaluation.dossiers.actions.guards import follow, locked, require_points, require_writer, score_of
from evaluation.dossiers.actions.refused import refusals_noted
from evaluation.dossiers.actions.suggesting import rescore
from evaluation.dossiers.bodies import unit_of_step
from evaluation.dossiers.models import Dossier, IndicatorScore
from evaluation.dossiers.refusals import RefusedError
from interface.vietnamese import nfc
from learning.evidence.models import Evidence
from membership.models import User


@dataclass(frozen=True)
class OwnEntry:
    """What a person says of one indicator; ``evidence`` is None to leave what is attached as it is."""

    indicator_number: int
    points: Decimal | None
    note: str = ""
    evidence: frozenset[UUID] | None = None


@refusals_noted
@transaction.atomic
def save_own(*, dossier: Dossier, entries: Iterable[OwnEntry], by: User, at: datetime.datetime) -> Dossier:
    """Saves several indicators at once, all or none. Idempotent."""
    current = locked(dossier)
    is_assisted = require_writer(current, by, at)
    for entry in entries:
        _save_entry(current, entry, at)
    _mark_assisted(current, is_assisted, by)
    follow(dossier, current)
    return current


@refusals_noted
@transaction.atomic
def score_self(
    *, dossier: Dossier, indicator_number: int, points: Decimal | None, note: str, by: User, at: datetime.datetime
) -> IndicatorScore:
    """The person's own figure; None takes it back. Idempotent."""
    entry = OwnEntry(indicator_number, points, note)
    return score_of(save_own(dossier=dossier, entries=[entry], by=by, at=at), indicator_number)


@refusals_noted
@transaction.atomic
def attach_evidence(
    *, dossier: Dossier, indicator_number: int, evidence: Evidence, by: User, at: datetime.datetime
) -> None:
    """Puts one of the person's own facts of that year beside an indicator. Idempotent."""
    current = locked(dossier)
    is_assisted = require_writer(current, by, at)
    score_of(current, indicator_number).evidence.add(*_own_evidence(current, {evidence.pk}))
    _mark_assisted(current, is_assisted, by)
    follow(dossier, current)


@refusals_noted
@transaction.atomic
def detach_evidence(
    *, dossier: Dossier, indicator_number: int, evidence: Evidence, by: User, at: datetime.datetime
) -> None:
    """Takes it away again; the fact itself stands. Idempotent."""
    current = locked(dossier)
    is_assisted = require_writer(current, by, at)
    score_of(current, indicator_number).evidence.remove(evidence)
    _mark_assisted(current, is_assisted, by)
    follow(dossier, current)


@refusals_noted
@transaction.atomic
def submit(*, dossier: Dossier, by: User, at: datetime.datetime) -> Dossier:
    """Hands it to the first body. What a body reviewed before it was returned stands, but where the person has
    changed their own figure since. Submitting what has been submitted is refused as not being written any more."""
    current = locked(dossier)
    is_assisted = require_writer(current, by, at)
    scores = list(IndicatorScore.objects.filter(dossier=current).select_related("indicator"))
    missing = [str(score.indicator.number) for score in scores if score.self_points is None]
    if missing:
        raise RefusedError(_("These indicators have no score yet: %(numbers)s.") % {"numbers": ", ".join(missing)})
    _reopen_changed(current, scores)
    if current.submitted_at is None:
        require_in_time(current, at)
    if is_assisted and current.confirmed_at is None:
        raise RefusedError(
            _("An officer wrote this dossier: the person's code or a second officer confirms it before it goes on.")
        )
    step = current.chain.steps.order_by("order").first()
    current.state, current.current_step, current.submitted_at = Dossier.State.IN_REVIEW, step, at
    current.current_unit = unit_of_step(step, current.unit) if step else None
    current.fingerprint, current.stale_since = fingerprint_of(scores), None
    current.save(update_fields=["state", "current_step", "current_unit", "submitted_at", "fingerprint", "stale_since"])
    rescore(dossier=current, at=at)
    log(instance=current, action="dossiers.submit", user=by, data={"step": current.current_step_id})
    follow(dossier, current)
    return current


def _save_entry(dossier: Dossier, entry: OwnEntry, at: datetime.datetime) -> None:
    score = score_of(dossier, entry.indicator_number)
    if entry.points is not None:
        require_points(entry.points, score.indicator, dossier.criteria_set.step)
    note = nfc(entry.note)
    if (score.self_points, score.self_note) != (entry.points, note) or score.self_saved_at is None:
        score.self_points, score.self_note, score.self_saved_at = entry.points, note, at
        score.save(update_fields=["self_points", "self_note", "self_saved_at"])
    if entry.evidence is not None:
        score.evidence.set(_own_evidence(dossier, entry.evidence))


def _own_evidence(dossier: Dossier, keys: Iterable[UUID]) -> list[Evidence]:
    wanted = set(keys)
    if not wanted:
        return []
    of_person = Evidence.objects.filter(person=dossier.person_id, pk__in=wanted)
    found = list(of_person.standing().of_year(dossier.year))
    if len(found) != len(wanted):
        raise RefusedError(_("Only your own evidence of this year can be attached."))
    return found


def _mark_assisted(dossier: Dossier, is_assisted: bool, by: User) -> None:
    """What an officer writes is marked, and has to be confirmed anew."""
    if is_assisted:
        dossier.is_assisted, dossier.assisted_by = True, by
        dossier.confirmed_at, dossier.confirmed_by, dossier.confirmed_how = None, None, ""
        dossier.save(update_fields=["is_assisted", "assisted_by", "confirmed_at", "confirmed_by", "confirmed_how"])
        log(instance=dossier, action="dossiers.assist", user=by, data={})


def _reopen_changed(dossier: Dossier, scores: list[IndicatorScore]) -> None:
    last = dossier.reviews.last()
    if last is None:
        return
    for score in scores:
        before = last.figures.get(str(score.indicator.number), {}).get("self")
        if score.reviewed_points is not None and before != str(score.self_points):
            score.reviewed_points = None
            score.save(update_fields=["reviewed_points"])
