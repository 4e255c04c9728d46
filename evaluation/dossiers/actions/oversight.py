"""Appeals to a body above, answered by a day with reasons; and inspection by lot, before a decision or after it, in
which who has the seed and the list of dossiers draws the same sample again."""

import datetime
import hashlib
import math
from collections.abc import Iterable
from secrets import token_hex

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers import notices
from evaluation.dossiers.actions.guards import RefusedError, follow, refusals_noted, require_consenting
from evaluation.dossiers.models import Appeal, Dossier, InspectedDossier, InspectionSample
from evaluation.dossiers.querysets.dossiers import DossierQuerySet
from evaluation.dossiers.seals import DOSSIER
from interface.vietnamese import nfc
from learning.evidence.actions import await_sealing
from membership.models import Unit, User
from membership.policy import Action, may, require
from membership.querysets import standing_on
from membership.succession import map_of


@refusals_noted
def file_appeal(*, dossier: Dossier, reason: str, by: User, at: datetime.datetime) -> Appeal:
    """By the person, or an officer who assists them, within the days that the chain allows. Idempotent: an open appeal
    is returned as it is."""
    current = (
        Dossier.objects.select_for_update(of=("self",)).select_related("unit", "chain", "person").get(pk=dossier.pk)
    )
    if by.person_id != current.person_id and not may(by, Action.ASSIST, current.unit, on=timezone.localdate(at)):
        raise PermissionDenied(_("Only the person, or an officer who assists them, appeals."))
    standing = Appeal.objects.open().filter(dossier=current).first()
    if standing is not None:
        return standing
    require_consenting(current.person)
    _require_appealable(current, reason, at)
    chain = current.chain
    appeal = Appeal.objects.create(
        dossier=current,
        unit=_body_above(current, timezone.localdate(at)),
        reason=nfc(reason),
        filed_by=by,
        filed_at=at,
        due_on=timezone.localdate(at) + datetime.timedelta(days=chain.answer_days),
    )
    log(instance=appeal, action="dossiers.appeal", user=by, data={"dossier": current.pk})
    notices.appealed(appeal=appeal, at=at)
    return appeal


@refusals_noted
def answer_appeal(*, appeal: Appeal, is_granted: bool, answer: str, by: User, at: datetime.datetime) -> Appeal:
    """Final. Granted, the refusal falls and the dossier goes back to the person and through every body anew: no appeal
    gives a title. Dismissed, the decision stands. What had been frozen is kept with the appeal."""
    current = Appeal.objects.select_for_update(of=("self",)).select_related("unit").get(pk=appeal.pk)
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=current.dossier_id)
    _require_answerer(current, dossier, by, at)
    if not current.is_open:
        raise RefusedError(_("This appeal has been answered."))
    if not answer.strip():
        raise RefusedError(_("Say why: the person reads it."))
    current.outcome = Appeal.Outcome.GRANTED if is_granted else Appeal.Outcome.DISMISSED
    current.answer, current.answered_by, current.answered_at = nfc(answer), by, at
    current.frozen = dossier.frozen
    current.save(update_fields=["outcome", "answer", "answered_by", "answered_at", "frozen"])
    if is_granted:
        dossier.state, dossier.decided_at, dossier.frozen = Dossier.State.RETURNED, None, None
        dossier.save(update_fields=["state", "decided_at", "frozen"])
        await_sealing(kind=DOSSIER.key, rows=[dossier.pk], at=at)
        follow(appeal.dossier, dossier)
    log(instance=current, action="dossiers.answer_appeal", user=by, data={"is_granted": is_granted})
    notices.appeal_answered(appeal=current, dossier=dossier, at=at)
    return current


def last_day_to_appeal(dossier: Dossier) -> datetime.date | None:
    """None where there is nothing to appeal against."""
    if dossier.state != Dossier.State.NOT_RECOGNISED or dossier.decided_at is None:
        return None
    return timezone.localdate(dossier.decided_at) + datetime.timedelta(days=dossier.chain.appeal_days)


def appealable_until(dossier: Dossier, at: datetime.datetime) -> datetime.date | None:
    """The last day to appeal, where an appeal can be made now."""
    last = last_day_to_appeal(dossier)
    is_late = last is None or timezone.localdate(at) > last
    return None if is_late or any(row.is_open for row in dossier.appeals.all()) or _is_answered(dossier) else last


@refusals_noted
def draw_sample(
    *, unit: Unit, year: int, percent: int, by: User, at: datetime.datetime, seed: str = "",
    stage: str = InspectionSample.Stage.DECIDED,
) -> InspectionSample:  # fmt: skip
    """Draws that share, rounded up, of the unit's decided dossiers of the year, or of those in review. Without a seed
    one is made; the same seed gives the sample that stands: whoever wants another one says so with another seed."""
    require(by, Action.INSPECT, unit)
    if not 1 <= percent <= 100:
        raise RefusedError(_("Draw between 1 and 100 percent."))
    seed = nfc(seed) or token_hex(8)
    about = {"unit": unit, "year": year, "stage": InspectionSample.Stage(stage), "seed": seed}
    standing = InspectionSample.objects.filter(**about).first()
    if standing is not None:
        return standing
    keys = list(_at_stage(stage).filter(year=year, unit__path__startswith=unit.path).values_list("pk", flat=True))
    if not keys:
        raise RefusedError(_("No dossier of this unit and year is at that point yet."))
    drawn = draw(keys, seed, percent)
    sample = InspectionSample.objects.create(**about, percent=percent, population=len(keys), drawn_by=by, drawn_at=at)
    InspectedDossier.objects.bulk_create(
        InspectedDossier(sample=sample, dossier_id=pk, position=place) for place, pk in enumerate(drawn, start=1)
    )
    log(instance=sample, action="dossiers.draw_sample", user=by, data={"drawn": len(drawn), "from": len(keys)})
    return sample


def _at_stage(stage: str) -> DossierQuerySet:
    if stage == InspectionSample.Stage.IN_REVIEW:
        return Dossier.objects.filter(state=Dossier.State.IN_REVIEW)
    return Dossier.objects.filter(decided_at__isnull=False)


def draw(keys: Iterable[int], seed: str, percent: int) -> list[int]:
    """The first ``percent`` of the keys in the order of SHA-256("<seed>:<key>"): pure, so anyone can repeat it."""
    ordered = sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).hexdigest())
    return ordered[: math.ceil(len(ordered) * percent / 100)]


@refusals_noted
def note_finding(
    *, line: InspectedDossier, finding: str, note: str, by: User, at: datetime.datetime
) -> InspectedDossier:
    """What the inspector found. It changes no decision: what follows from it is for the body above, and where none has
    been taken yet for the body at which the dossier waits, who reads it there. Idempotent; the inspector may correct
    their own finding."""
    current = (
        InspectedDossier.objects.select_for_update(of=("self",))
        .select_related("sample__unit", "dossier__unit")
        .get(pk=line.pk)
    )
    require_inspector(current, by, at)
    if finding not in InspectedDossier.Finding.values:
        raise RefusedError(_("Say whether the evidence bears out the scores."))
    if finding == InspectedDossier.Finding.DOUBTFUL and not note.strip():
        raise RefusedError(_("Say what the evidence does not bear out."))
    if (current.finding, current.note) == (finding, nfc(note)):
        return current
    current.finding, current.note, current.inspected_by, current.inspected_at = finding, nfc(note), by, at
    current.weighed, current.weighed_by, current.weighed_at = "", None, None  # another finding is weighed anew
    current.save()
    log(instance=current, action="dossiers.inspect", user=by, data={"finding": finding})
    if finding == InspectedDossier.Finding.DOUBTFUL:
        notices.found_doubtful(line=current, at=at)
    return current


def _is_answered(dossier: Dossier) -> bool:
    """Whether this very decision was appealed against and stood; one after another round is another decision."""
    decided = dossier.decided_at
    return any(
        row.outcome == Appeal.Outcome.DISMISSED and row.answered_at and decided and row.answered_at >= decided
        for row in dossier.appeals.all()
    )


def _require_appealable(dossier: Dossier, reason: str, at: datetime.datetime) -> None:
    last = last_day_to_appeal(dossier)
    if last is None:
        raise RefusedError(_("An appeal is made against a refusal of the title; this dossier has none."))
    if timezone.localdate(at) > last:
        raise RefusedError(_("The last day to appeal was %(day)s.") % {"day": date_format(last, "d/m/Y")})
    if _is_answered(dossier):
        raise RefusedError(_("An appeal against this decision has been answered already."))
    if not reason.strip():
        raise RefusedError(_("Say what you do not accept, and why."))


def _body_above(dossier: Dossier, day: datetime.date) -> Unit:
    """Above where the dossier's unit lives on, where a decree has ended it since."""
    home = Unit(path=map_of(day).home(dossier.unit.path))
    above = Unit.objects.filter(standing_on(day), path__in=home.paths_up, kind=dossier.chain.appeal_kind)
    found = above.order_by("-depth").first()
    if found is None:
        raise RefusedError(_("No body above can answer: ask the association."))
    return found


def _require_answerer(appeal: Appeal, dossier: Dossier, by: User, at: datetime.datetime) -> None:
    if not may(by, Action.HEAR_APPEALS, appeal.unit, on=timezone.localdate(at)):
        raise PermissionDenied(_("This appeal is answered by another body."))
    if by.person_id == dossier.person_id or by.pk == appeal.filed_by_id:
        raise PermissionDenied(_("Nobody answers their own appeal, nor one that they filed for someone."))
    if Dossier.objects.judged_by(by).filter(pk=dossier.pk).exists():
        raise PermissionDenied(_("You judged this dossier: someone else answers the appeal."))


def require_inspector(line: InspectedDossier, by: User, at: datetime.datetime) -> None:
    if not may(by, Action.INSPECT, line.sample.unit, on=timezone.localdate(at)):
        raise PermissionDenied(_("Only an inspector of this unit notes findings."))
    if line.dossier.person_id == by.person_id:
        raise PermissionDenied(_("This is your own dossier: someone else inspects it."))
    if Dossier.objects.judged_by(by).filter(pk=line.dossier_id).exists():
        raise PermissionDenied(_("You judged this dossier: someone else inspects it."))
    if line.inspected_by_id not in {None, by.pk}:
        raise PermissionDenied(_("Another inspector has noted their finding."))
