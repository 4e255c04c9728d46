"""Lists being drafted."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.models import Dossier
from evaluation.recognition.actions.guards import locked, refuse_empty, refuse_problems
from evaluation.recognition.models import Decision, DecisionLine
from evaluation.recognition.readiness import with_scores
from membership.models import Unit, User
from membership.policy import Action, require


@transaction.atomic
def draft_decision(*, unit: Unit, year: int, dossiers: Iterable[Dossier], by: User, at: datetime.datetime) -> Decision:
    """The unit's draft for the year with these dossiers on its list; all of them, or none and the reasons why.

    Idempotent: a dossier already on a list stays on that list. When all are, the list of the first is the answer.
    """
    require(by, Action.RECOGNISE, unit)
    chosen = with_scores(dossier.pk for dossier in dossiers)
    listed = DecisionLine.objects.filter(dossier__in=chosen).select_related("decision").order_by("pk")
    decision_of = {line.dossier_id: line.decision for line in listed}
    new = [dossier for dossier in chosen if dossier.pk not in decision_of]
    if not new:
        return _answer_for_none_new(chosen, decision_of)
    refuse_problems(new, unit, year, by)
    decision, _is_new = Decision.objects.get_or_create(
        unit=unit, year=year, issued_at=None, defaults={"created_at": at, "created_by": by}
    )
    DecisionLine.objects.bulk_create(DecisionLine(decision=decision, dossier=dossier) for dossier in new)
    log(
        instance=decision,
        action="recognition.draft_decision",
        user=by,
        data={"dossiers": [dossier.pk for dossier in new]},
    )
    return decision


@transaction.atomic
def remove_line(*, line: DecisionLine, by: User, at: datetime.datetime) -> None:
    """Takes a dossier off a draft; it can be chosen again. Taken off already: nothing happens."""
    decision = locked(line.decision)
    require(by, Action.RECOGNISE, decision.unit)
    if not decision.is_draft:
        raise ValidationError(_("This decision has been issued; its list cannot change. Revoke the title instead."))
    deleted, _by_model = DecisionLine.objects.filter(pk=line.pk, decision=decision).delete()
    if deleted:
        log(instance=decision, action="recognition.remove_line", user=by, data={"dossier": line.dossier_id})


def _answer_for_none_new(chosen: list[Dossier], decision_of: dict[int, Decision]) -> Decision:
    refuse_empty(chosen)
    return decision_of[chosen[0].pk]
