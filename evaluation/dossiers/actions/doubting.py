"""What an inspection doubted before a decision, and what the recognising body makes of it."""

import datetime

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.guards import RefusedError, locked, refusals_noted, require_turn
from evaluation.dossiers.models import Dossier, InspectedDossier
from evaluation.dossiers.querysets.readiness import open_doubts
from interface.vietnamese import nfc
from membership.models import User


@refusals_noted
def weigh_doubts(*, dossier: Dossier, reason: str, by: User, at: datetime.datetime) -> int:
    """The body that recognises answers the doubts that stand against the dossier, or passes over them, and says why;
    without it no decision takes the dossier. A doubt that is noted later, or noted anew, is weighed anew. Gives how
    many; run twice it finds none."""
    current = locked(dossier)
    require_turn(current, by, at)
    if current.current_step is None or not current.current_step.recognises:
        raise RefusedError(_("The body that recognises answers what an inspection doubted."))
    if not reason.strip():
        raise RefusedError(_("Say what you make of the doubt: an inspector reads it."))
    doubts = InspectedDossier.objects.filter(pk__in=open_doubts().filter(dossier=current).values("pk"))
    count = doubts.update(weighed=nfc(reason), weighed_by=by, weighed_at=at)
    if count:
        log(instance=current, action="dossiers.weigh_doubts", user=by, data={"doubts": count})
    return count
