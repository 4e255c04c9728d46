"""A signed list: each dossier on it is decided, each person has their title."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions import recognise_many, verdict_of
from evaluation.dossiers.models import Dossier
from evaluation.recognition.actions.guards import locked, refuse_empty, refuse_problems
from evaluation.recognition.codes import new_code
from evaluation.recognition.models import Decision, Title
from evaluation.recognition.readiness import with_scores
from interface.vietnamese import nfc
from membership.models import User
from membership.policy import Action, require


@transaction.atomic
def issue(
    *,
    decision: Decision,
    number: str,
    signed_on: datetime.date,
    signer_name: str,
    signer_title: str,
    by: User,
    at: datetime.datetime,
) -> Decision:
    """Signs the draft: decides on each dossier and gives each person their title.

    Idempotent: an issued decision is returned as it stands, whatever number comes the second time.
    """
    decision = locked(decision)
    require(by, Action.RECOGNISE, decision.unit)
    if not decision.is_draft:
        return decision
    dossiers = with_scores(decision.lines.values_list("dossier_id", flat=True))
    refuse_empty(dossiers)
    refuse_problems(dossiers, decision.unit, decision.year, by)
    _sign(decision, number=number, signed_on=signed_on, name=signer_name, title=signer_title, at=at)
    _give_titles(decision, dossiers, by, at)
    log(
        instance=decision,
        action="recognition.issue",
        user=by,
        data={"titles": len(dossiers), "signed_on": signed_on.isoformat()},
    )
    return decision


def _sign(
    decision: Decision, *, number: str, signed_on: datetime.date, name: str, title: str, at: datetime.datetime
) -> None:
    if signed_on > timezone.localdate(at):
        raise ValidationError({"signed_on": _("A decision cannot be signed in the future.")})
    if signed_on.year < decision.year:
        raise ValidationError({"signed_on": _("A decision cannot be signed before the year that it is about.")})
    decision.number, decision.signed_on, decision.register_year = nfc(number), signed_on, signed_on.year
    decision.signer_name, decision.signer_title, decision.issued_at = nfc(name), nfc(title), at
    if not (decision.number and decision.signer_name and decision.signer_title):
        raise ValidationError(_("A decision needs its number and who signed it, with their position."))
    same_year = Decision.objects.filter(unit=decision.unit, number=decision.number, register_year=signed_on.year)
    if same_year.exclude(pk=decision.pk).exists():
        raise ValidationError({"number": _("Another decision of that year has this number already.")})
    decision.save(update_fields=["number", "signed_on", "register_year", "signer_name", "signer_title", "issued_at"])


def _give_titles(decision: Decision, dossiers: list[Dossier], by: User, at: datetime.datetime) -> None:
    titles = [
        Title(
            decision=decision,
            dossier=dossier,
            person=dossier.person,
            year=decision.year,
            number=f"{place:02d}-{decision.number}",
            code=new_code(),
            total=verdict_of(dossier, list(dossier.scores.all())).total,
        )
        for place, dossier in enumerate(dossiers, start=1)
    ]
    recognise_many(dossiers=[dossier.pk for dossier in dossiers], by=by, at=at)
    Title.objects.bulk_create(titles, batch_size=500)
