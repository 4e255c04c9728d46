"""What a person writes, or an officer for them: own scores, notes, evidence, handing in; and how what was
entered for them is confirmed.
"""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.bodies import require_in_time
from evaluation.dossiers.actions.evidence import rescore
from evaluation.dossiers.actions.guards import (
    RefusedError,
    StaleError,
    follow,
    locked,
    refusals_noted,
    require_points,
    require_writer,
    score_of,
)
from evaluation.dossiers.bodies import unit_of_step
from evaluation.dossiers.models import Dossier, IndicatorScore
from interface.vietnamese import nfc
from learning.evidence.models import Evidence
from membership.models import User
from membership.policy import Action, may

CODE_DIGITS = 6
_PAPER = "dossiers.paper"
_HANDED_IN = ["state", "current_step", "current_unit", "submitted_at", "fingerprint", "stale_since", "identity_level"]


@refusals_noted
def confirm_assisted(*, dossier: Dossier, by: User, at: datetime.datetime, code: str = "") -> Dossier:
    """By the code on the printed form that the person signed, or, without a code, by an officer other than the one who
    wrote. Whatever is written afterwards has to be confirmed anew. Idempotent: the first confirmation stays."""
    current = locked(dossier)
    _require_confirmer(current, by, at)
    if current.confirmed_at is not None:
        return current
    if code.strip():
        _require_code(current, code)
        how = Dossier.Confirmation.CODE
    else:
        _require_second_officer(current, by)
        how = Dossier.Confirmation.SECOND_OFFICER
    current.confirmed_at, current.confirmed_by, current.confirmed_how = at, by, how
    current.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_how"])
    log(instance=current, action="dossiers.confirm", user=by, data={"how": str(how)})
    follow(dossier, current)
    return current


def confirmation_code(dossier: Dossier) -> str:
    """Six digits that stand on the printed form beside the signature. They change with every score and note, so the
    code vouches for exactly what the person signed."""
    scores = dossier.scores.select_related("indicator")
    digest = salted_hmac("dossiers.confirmation", f"{dossier.pk}:{fingerprint_of(scores)}", algorithm="sha256")
    return str(int(digest.hexdigest(), 16) % 10**CODE_DIGITS).zfill(CODE_DIGITS)


def paper_token(dossier: Dossier) -> str:
    """What the code on a printed form holds: it leads whoever may see the dossier back to it."""
    return signing.Signer(salt=_PAPER).sign(str(dossier.pk))


def dossier_of_paper(token: str) -> int | None:
    """Its key; None where this site never printed such a form."""
    try:
        return int(signing.Signer(salt=_PAPER).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def fingerprint_of(scores: Iterable[IndicatorScore]) -> str:
    """The same for two dossiers with the same own scores and the same notes, whoever's they are."""
    lines = sorted(f"{score.indicator.number}:{score.self_points}:{score.self_note}" for score in scores)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class OwnEntry:
    """What a person says of one indicator; ``evidence`` is None to leave what is attached as it is. ``shown`` is what
    there was to choose from: what came since stays as it is. ``seen`` is the mark of what stood on the page, None where
    nobody asks whether it changed since."""

    indicator_number: int
    points: Decimal | None
    note: str = ""
    evidence: frozenset[UUID] | None = None
    shown: frozenset[UUID] | None = None
    seen: str | None = None


@refusals_noted
def save_own(*, dossier: Dossier, entries: Iterable[OwnEntry], by: User, at: datetime.datetime) -> Dossier:
    """Saves several indicators at once, all or none. Idempotent. Raises StaleError where another window, or somebody
    else, saved an indicator otherwise since the page was opened."""
    current = locked(dossier)
    is_assisted = require_writer(current, by, at)
    for entry in entries:
        _save_entry(current, entry, at)
    _mark_assisted(current, is_assisted, by)
    follow(dossier, current)
    return current


@refusals_noted
def attach(
    *, dossier: Dossier, indicator_number: int, evidence: Evidence, by: User, at: datetime.datetime
) -> IndicatorScore:
    """Adds one piece of the person's evidence to what is attached. Idempotent."""
    current = locked(dossier)
    is_assisted = require_writer(current, by, at)
    score = score_of(current, indicator_number)
    score.evidence.add(*_own_evidence(current, [evidence.pk]))
    score.self_saved_at = at
    score.save(update_fields=["self_saved_at"])
    _mark_assisted(current, is_assisted, by)
    follow(dossier, current)
    return score


def mark_of(score: IndicatorScore) -> str:
    """Changes with whatever the person, or who writes for them, says of it."""
    return score.self_saved_at.isoformat() if score.self_saved_at else ""


@refusals_noted
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
    current.identity_level = "" if is_assisted else by.identity_level
    current.save(update_fields=_HANDED_IN)
    rescore(dossier=current, at=at)
    log(instance=current, action="dossiers.submit", user=by, data={"step": current.current_step_id})
    follow(dossier, current)
    return current


def _require_confirmer(dossier: Dossier, by: User, at: datetime.datetime) -> None:
    if by.person_id == dossier.person_id or not may(by, Action.ASSIST, dossier.unit, on=timezone.localdate(at)):
        raise PermissionDenied(_("Only an officer who assists people there confirms what was entered."))
    if not dossier.is_assisted or not dossier.is_writable:
        raise RefusedError(_("There is nothing to confirm: the person wrote it, or it has been handed in."))


def _require_code(dossier: Dossier, code: str) -> None:
    digits = "".join(character for character in code if character.isdigit())
    if not constant_time_compare(digits, confirmation_code(dossier)):
        raise RefusedError(
            _("This is not the code on the latest printed form. If anything was changed since, print and sign it anew.")
        )


def _require_second_officer(dossier: Dossier, by: User) -> None:
    if dossier.assisted_by_id == by.pk:
        raise PermissionDenied(_("You wrote it yourself: enter the code that the person signed, or ask a colleague."))


def _save_entry(dossier: Dossier, entry: OwnEntry, at: datetime.datetime) -> None:
    score = score_of(dossier, entry.indicator_number)
    if entry.points is not None:
        require_points(entry.points, score.indicator, dossier.criteria_set.step)
    note, attached = nfc(entry.note), set(score.evidence.values_list("pk", flat=True))
    chosen = attached if entry.evidence is None else entry.evidence
    kept = set() if entry.shown is None else attached - entry.shown
    said = (entry.points, note, chosen | kept)
    if said == (score.self_points, score.self_note, attached) and score.self_saved_at is not None:
        return
    if entry.seen not in (None, mark_of(score)):
        raise StaleError(_("This was saved otherwise since you opened it here. Nothing of yours has been lost."))
    if chosen | kept != attached:
        score.evidence.set([*_own_evidence(dossier, chosen), *score.evidence.filter(pk__in=kept)])
    score.self_points, score.self_note, score.self_saved_at = entry.points, note, at
    score.save(update_fields=["self_points", "self_note", "self_saved_at"])


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
