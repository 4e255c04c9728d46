"""Taking back what was handed in, until the last day or until a body has begun with it, whichever comes first. Handing
it in again undoes it."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.bodies import last_day
from evaluation.dossiers.actions.guards import RefusedError, follow, locked, refusals_noted
from evaluation.dossiers.models import Dossier, ScoreChange
from membership.models import User
from membership.policy import Action, may


@refusals_noted
def withdraw(*, dossier: Dossier, by: User, at: datetime.datetime) -> Dossier:
    """Back to the person, as it was when they handed it in. What a body had returned before is a returned one again,
    anything else a draft, which is nobody else's business. Raises PermissionDenied, or RefusedError with the reason."""
    current = locked(dossier)
    may_assist = current.is_assisted and may(by, Action.ASSIST, current.unit, on=timezone.localdate(at))
    if by.person_id != current.person_id and not may_assist:
        raise PermissionDenied(_("Only the person, or an officer who assists them, takes their dossier back."))
    if reason := against_withdrawing(current, at):
        raise RefusedError(reason)
    step = current.current_step_id
    if current.reviews.exists():
        current.state = Dossier.State.RETURNED
    else:
        current.state, current.submitted_at = Dossier.State.DRAFT, None
    current.current_step, current.current_unit = None, None
    current.save(update_fields=["state", "submitted_at", "current_step", "current_unit"])
    log(instance=current, action="dossiers.withdraw", user=by, data={"step": step})
    follow(dossier, current)
    return current


def against_withdrawing(dossier: Dossier, at: datetime.datetime) -> str:
    """Why it cannot be taken back, in words; empty where it can."""
    if dossier.state != Dossier.State.IN_REVIEW:
        return _("Only a dossier that has been handed in and is not decided can be taken back.")
    if _has_begun(dossier):
        return _("A body has begun to review it. It comes back to you if that body returns it: ask them for it.")
    day = last_day(dossier.unit, dossier.year)
    if day is not None and timezone.localdate(at) > day:
        text = _("The last day for handing in was %(day)s: what was handed in stays as it is.")
        return text % {"day": date_format(day, "d/m/Y")}
    return ""


def _has_begun(dossier: Dossier) -> bool:
    """Whether a body did anything with it since it was handed in: a meeting called on it, or held, is that too, for
    handed in anew its vote would count no more. Figures that were left when it was returned are no sign of that."""
    reviews, since = list(dossier.reviews.all()), dossier.submitted_at
    if since is None or any(review.at >= since for review in reviews):
        return True
    left = reviews[-1].figures if reviews else {}
    given = dossier.scores.exclude(reviewed_points=None).values_list("indicator__number", "reviewed_points")
    if any(left.get(str(number), {}).get("reviewed") != str(points) for number, points in given):
        return True
    called, looked_at = Q(meeting__called_at__gte=since), Q(meeting__closed_at__gte=since) & ~Q(result="")
    has_met = dossier.meeting_lines.filter(called | looked_at).exists()
    return has_met or ScoreChange.objects.filter(score__dossier=dossier, at__gte=since).exists()
