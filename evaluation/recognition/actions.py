"""What makes lists into decisions and titles. Each action writes one entry in the audit log: ids, never names."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions import decide, verdict_of
from evaluation.dossiers.models import Dossier
from evaluation.recognition.codes import new_code
from evaluation.recognition.models import Decision, DecisionLine, Title
from evaluation.recognition.readiness import problems, with_scores
from membership.models import Person, Unit, User
from membership.policy import Action, require
from membership.vietnamese import nfc


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
    _refuse_problems(new, unit, year, by)
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
    decision = _locked(line.decision)
    require(by, Action.RECOGNISE, decision.unit)
    if not decision.is_draft:
        raise ValidationError(_("This decision has been issued; its list cannot change. Revoke the title instead."))
    deleted, _by_model = DecisionLine.objects.filter(pk=line.pk, decision=decision).delete()
    if deleted:
        log(instance=decision, action="recognition.remove_line", user=by, data={"dossier": line.dossier_id})


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
    decision = _locked(decision)
    require(by, Action.RECOGNISE, decision.unit)
    if not decision.is_draft:
        return decision
    dossiers = with_scores(decision.lines.values_list("dossier_id", flat=True))
    _refuse_empty(dossiers)
    _refuse_problems(dossiers, decision.unit, decision.year, by)
    _sign(decision, number=number, signed_on=signed_on, name=signer_name, title=signer_title, at=at)
    _give_titles(decision, dossiers, by, at)
    log(
        instance=decision,
        action="recognition.issue",
        user=by,
        data={"titles": len(dossiers), "signed_on": signed_on.isoformat()},
    )
    return decision


@transaction.atomic
def revoke(*, title: Title, reason: str, by: User, at: datetime.datetime) -> Title:
    """Takes a title back, with a reason that anyone who verifies it reads. Idempotent: the first reason stays."""
    title = Title.objects.select_for_update(of=("self",)).select_related("decision__unit").get(pk=title.pk)
    require(by, Action.RECOGNISE, title.decision.unit)
    if title.is_revoked:
        return title
    if title.person_id == by.person_id:
        raise ValidationError(_("Nobody can decide on their own title."))
    if not nfc(reason):
        raise ValidationError(_("Say why the title is revoked."))
    title.revoked_at, title.revoked_by, title.revoked_reason = at, by, nfc(reason)
    title.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    log(instance=title, action="recognition.revoke", user=by, data={"decision": title.decision_id})
    return title


def move_titles(*, duplicate: Person, into: Person, by: User, at: datetime.datetime) -> None:
    """Part of merging two records of one person: titles go along, but for a year in which the other has one too.

    Such a title stays with the merged record, where no figure counts it a second time. The merge writes the log.
    """
    held = into.titles.values_list("year", flat=True)
    duplicate.titles.exclude(year__in=list(held)).update(person=into)


@transaction.atomic
def erase_titles(*, person_ids: list[int]) -> None:
    """Part of an erasure: titles go on counting, and the codes on their papers lead nowhere any more."""
    for title in Title.objects.filter(person_id__in=person_ids):
        title.code = new_code()
        title.revoked_reason = "—" if title.revoked_reason else ""
        title.save(update_fields=["code", "revoked_reason"])


def _locked(decision: Decision) -> Decision:
    return Decision.objects.select_for_update(of=("self",)).select_related("unit").get(pk=decision.pk)


def _answer_for_none_new(chosen: list[Dossier], decision_of: dict[int, Decision]) -> Decision:
    _refuse_empty(chosen)
    return decision_of[chosen[0].pk]


def _refuse_empty(dossiers: list[Dossier]) -> None:
    if not dossiers:
        raise ValidationError(_("Choose at least one dossier."))


def _refuse_problems(dossiers: list[Dossier], unit: Unit, year: int, by: User) -> None:
    found = problems(dossiers, unit=unit, year=year, by=by)
    if found:
        raise ValidationError(
            [f"{dossier.person.full_name}: {found[dossier.pk]}" for dossier in dossiers if dossier.pk in found]
        )


def _sign(
    decision: Decision, *, number: str, signed_on: datetime.date, name: str, title: str, at: datetime.datetime
) -> None:
    if signed_on > timezone.localdate(at):
        raise ValidationError({"signed_on": _("A decision cannot be signed in the future.")})
    if signed_on.year < decision.year:
        raise ValidationError({"signed_on": _("A decision cannot be signed before the year that it is about.")})
    decision.number, decision.signed_on = nfc(number), signed_on
    decision.signer_name, decision.signer_title, decision.issued_at = nfc(name), nfc(title), at
    if not (decision.number and decision.signer_name and decision.signer_title):
        raise ValidationError(_("A decision needs its number and who signed it, with their position."))
    same_year = Decision.objects.filter(unit=decision.unit, number=decision.number, signed_on__year=signed_on.year)
    if same_year.exclude(pk=decision.pk).exists():
        raise ValidationError({"number": _("Another decision of that year has this number already.")})
    decision.save(update_fields=["number", "signed_on", "signer_name", "signer_title", "issued_at"])


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
    for dossier in dossiers:
        decide(dossier=dossier, is_recognised=True, reason="", by=by, at=at)
    Title.objects.bulk_create(titles)
