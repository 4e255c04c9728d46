"""Evidence that comes after a body has signed off: nobody recognises what nobody has looked at."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.guards import follow, locked, require_turn
from evaluation.dossiers.actions.refused import refusals_noted
from evaluation.dossiers.actions.suggesting import suggest_anew
from evaluation.dossiers.models import Dossier, Review
from evaluation.dossiers.refusals import UnseenEvidenceError
from membership.models import User

# What taking up evidence reads: the frozen figures and the words of a dossier are long.
_TAKEN_UP = ("person", "year", "state", "current_step", "submitted_at", "stale_since", "criteria_set__identifier",
             "criteria_set__status")  # fmt: skip


@transaction.atomic
def mark_stale(*, dossier: Dossier, at: datetime.datetime) -> Dossier:
    """Called when evidence of the year was recorded: marks what a body has signed off since it was last handed in, and
    what has been decided. Figures that a decision froze stay. Idempotent: the first moment stays."""
    current = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    _mark(current, at)
    follow(dossier, current)
    return current


@transaction.atomic
def take_up_evidence(*, person_id: int, year: int, at: datetime.datetime) -> None:
    """Called when evidence of the year was recorded: suggests anew where nothing is decided yet, and marks as stale
    what a body has signed off. Idempotent."""
    dossiers = Dossier.objects.filter(person=person_id, year=year).select_related("criteria_set").only(*_TAKEN_UP)
    for current in dossiers.select_for_update(of=("self",)):
        if not current.is_decided:
            suggest_anew(current)
        _mark(current, at)


@refusals_noted
@transaction.atomic
def look_again(*, dossier: Dossier, by: User, at: datetime.datetime) -> Dossier:
    """The body at which it waits has looked at what came. Idempotent."""
    current = locked(dossier)
    require_turn(current, by, at)
    if current.stale_since is not None:
        current.stale_since = None
        current.save(update_fields=["stale_since"])
        log(instance=current, action="dossiers.look_again", user=by, data={"step": current.current_step_id})
    follow(dossier, current)
    return current


def _mark(current: Dossier, at: datetime.datetime) -> None:
    if current.stale_since is None and (current.is_decided or _is_signed_off(current)):
        current.stale_since = at
        current.save(update_fields=["stale_since"])
        log(instance=current, action="dossiers.stale", data={"step": current.current_step_id})


def require_fresh(dossier: Dossier) -> None:
    if dossier.stale_since is not None:
        raise UnseenEvidenceError(
            _("Evidence came after a body had signed off. Look at it on the dossier's page before it goes on.")
        )


def _is_signed_off(dossier: Dossier) -> bool:
    if dossier.state != Dossier.State.IN_REVIEW or dossier.submitted_at is None:
        return False
    return dossier.reviews.filter(outcome=Review.Outcome.FORWARDED, at__gte=dossier.submitted_at).exists()
