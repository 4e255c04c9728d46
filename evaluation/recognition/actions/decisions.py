"""Lists being drafted, and issued: what is signed is fixed then, in one file that is drawn once."""

import datetime
import hashlib
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions import require_settled
from evaluation.dossiers.models import Dossier
from evaluation.recognition.models import Decision, DecisionLine
from evaluation.recognition.papers.binding import drawn_for_signing
from evaluation.recognition.papers.issuers import issuer_of
from evaluation.recognition.papers.texts import bases_known
from evaluation.recognition.readiness import LIST_DIFFERS, problems, suspicions, with_scores
from evaluation.recognition.seals import DECISION
from interface.vietnamese import nfc
from learning.evidence.actions import await_sealing
from membership.models import Unit, User
from membership.policy import Action, require


def locked(decision: Decision) -> Decision:
    return Decision.objects.select_for_update(of=("self",)).select_related("unit").get(pk=decision.pk)


def refuse_empty(dossiers: list[Dossier]) -> None:
    if not dossiers:
        raise ValidationError(_("Choose at least one dossier."))


def refuse_problems(dossiers: list[Dossier], unit: Unit, year: int, by: User, at: datetime.datetime) -> None:
    found = problems(dossiers, unit=unit, year=year, by=by, on=timezone.localdate(at))
    if found:
        raise ValidationError(
            [f"{dossier.person.full_name}: {found[dossier.pk]}" for dossier in dossiers if dossier.pk in found]
        )


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
    refuse_problems(new, unit, year, by, at)
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
        raise ValidationError(_("This decision has been issued; its list cannot change."))
    deleted, _by_model = DecisionLine.objects.filter(pk=line.pk, decision=decision).delete()
    if deleted:
        log(instance=decision, action="recognition.remove_line", user=by, data={"dossier": line.dossier_id})


@transaction.atomic
def leave_lists(*, dossier: Dossier, at: datetime.datetime) -> None:
    """It went along with its person: drafts of units that it no longer stands beneath let go of it."""
    lines = DecisionLine.objects.filter(dossier=dossier, decision__issued_at=None).select_related("decision")
    for line in lines.exclude(decision__unit__path__in=dossier.unit.paths_up):
        line.delete()
        log(instance=line.decision, action="recognition.remove_line", timestamp=at, data={"dossier": dossier.pk})


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
    bases: str | None = None,
    listed: Iterable[int] | None = None,
    without: Iterable[int] = (),
    despite_doubles: str = "",
) -> Decision:
    """Fixes what is to be signed, and draws its file. Raises ValidationError naming each against whom something stands,
    and where the list is not ``listed``, what whoever issues saw. Those of ``without`` are left for the next list; both
    are ids of dossiers. ``bases``, a line each with its date, are those on record if None. ``despite_doubles`` says why
    people who may be on record twice get the title all the same.

    Idempotent: an issued decision is returned as it stands, whatever number comes the second time.
    """
    decision = locked(decision)
    require(by, Action.RECOGNISE, decision.unit)
    if not decision.is_draft:
        return decision
    dossiers = with_scores(_on_list(decision, listed) - set(without))
    refuse_empty(dossiers)
    refuse_problems(dossiers, decision.unit, decision.year, by, at)
    require_settled([dossier.pk for dossier in dossiers], at)
    suspected = _keep_reason(decision, dossiers, nfc(despite_doubles))
    _sign(decision, number=number, signed_on=signed_on, name=signer_name, title=signer_title, at=at)
    _leave_for_next(decision, dossiers, by, at)
    _keep_paper(decision, _keep_names(decision, at), bases)
    await_sealing(kind=DECISION.key, rows=[decision.pk], at=at)
    data = {"people": len(dossiers), "signed_on": signed_on.isoformat(), "suspected": suspected}
    log(instance=decision, action="recognition.issue", user=by, data=data)
    return decision


def _answer_for_none_new(chosen: list[Dossier], decision_of: dict[int, Decision]) -> Decision:
    refuse_empty(chosen)
    return decision_of[chosen[0].pk]


def _on_list(decision: Decision, seen: Iterable[int] | None) -> set[int]:
    standing = set(decision.lines.values_list("dossier_id", flat=True))
    if seen is not None and set(seen) != standing:
        raise ValidationError(LIST_DIFFERS)
    return standing


def _keep_reason(decision: Decision, dossiers: list[Dossier], reason: str) -> list[int]:
    """Beside each line of whom another record may be the same person's; tells which dossiers these are."""
    found = suspicions(dossiers, decision.year)
    if found and not reason:
        raise ValidationError(
            [f"{dossier.person.full_name}: {found[dossier.pk]}" for dossier in dossiers if dossier.pk in found]
        )
    decision.lines.filter(dossier__in=found).update(despite_double=reason)
    return sorted(found)


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
    standing = Decision.objects.filter(unit=decision.unit, withdrawn_at=None)
    same_year = standing.filter(number=decision.number, register_year=signed_on.year)
    if same_year.exclude(pk=decision.pk).exists():
        raise ValidationError({"number": _("Another decision of that year has this number already.")})
    decision.save(update_fields=["number", "signed_on", "register_year", "signer_name", "signer_title", "issued_at"])


def _leave_for_next(decision: Decision, issued: list[Dossier], by: User, at: datetime.datetime) -> None:
    left = decision.lines.exclude(dossier__in=issued)
    keys = list(left.values_list("dossier_id", flat=True))
    if keys:
        following = Decision.objects.create(unit=decision.unit, year=decision.year, created_at=at, created_by=by)
        left.update(decision=following)
        log(instance=following, action="recognition.draft_decision", user=by, data={"dossiers": keys})


def _keep_names(decision: Decision, at: datetime.datetime) -> list[DecisionLine]:
    """Who is on the list at which place, and who decides, by the names of today: so the paper says it."""
    lines = list(DecisionLine.objects.for_papers(decision))
    for position, line in enumerate(lines, start=1):
        line.position, line.name, line.place = position, line.name_shown, line.place_shown
    DecisionLine.objects.bulk_update(lines, ["position", "name", "place"], batch_size=500)
    decision.issuer, decision.names_as_of = issuer_of(decision.unit), at
    decision.save(update_fields=["issuer", "names_as_of"])
    return lines


def _keep_paper(decision: Decision, lines: list[DecisionLine], bases: str | None) -> None:
    """Its file with its hash: from now on these bytes are the decision."""
    given = bases_known(decision, lines) if bases is None else nfc(bases).splitlines()
    named = [line.strip() for line in given if line.strip()]
    if undated := [line for line in named if not re.search(r"\b\d{4}\b", line)]:
        raise ValidationError({"bases": _("This legal basis has no date: %(basis)s") % {"basis": undated[0]}})
    decision.bases = "\n".join(named)
    content = drawn_for_signing(decision, lines)
    decision.paper_sha256 = hashlib.sha256(content).hexdigest()
    decision.paper.save(f"{decision.pk}.pdf", ContentFile(content), save=False)
    decision.save(update_fields=["bases", "paper", "paper_sha256"])
