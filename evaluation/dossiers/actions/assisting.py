"""The assisted channel: what an officer wrote for a person is confirmed before any body sees it."""

import datetime
import hashlib
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.guards import follow, locked
from evaluation.dossiers.actions.refused import refusals_noted
from evaluation.dossiers.models import Dossier, IndicatorScore
from evaluation.dossiers.refusals import RefusedError
from membership.models import User
from membership.policy import Action, may

CODE_DIGITS = 6


@refusals_noted
@transaction.atomic
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


def fingerprint_of(scores: Iterable[IndicatorScore]) -> str:
    """The same for two dossiers with the same own scores and the same notes, whoever's they are."""
    lines = sorted(f"{score.indicator.number}:{score.self_points}:{score.self_note}" for score in scores)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


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
