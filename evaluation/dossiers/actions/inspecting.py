"""Inspection by lot: who has the seed and the list of decided dossiers draws the same sample again."""

import datetime
import hashlib
import math
import secrets
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from evaluation.dossiers.actions.refused import refusals_noted
from evaluation.dossiers.models import Dossier, InspectedDossier, InspectionSample
from evaluation.dossiers.refusals import RefusedError
from interface.vietnamese import nfc
from membership.models import Unit, User
from membership.policy import Action, may, require


@refusals_noted
@transaction.atomic
def draw_sample(
    *, unit: Unit, year: int, percent: int, by: User, at: datetime.datetime, seed: str = ""
) -> InspectionSample:
    """Draws that share, rounded up, of the unit's decided dossiers of the year. Without a seed one is made; the same
    seed gives the sample that stands: whoever wants another one says so with another seed."""
    require(by, Action.INSPECT, unit)
    if not 1 <= percent <= 100:
        raise RefusedError(_("Draw between 1 and 100 percent."))
    seed = nfc(seed) or secrets.token_hex(8)
    standing = InspectionSample.objects.filter(unit=unit, year=year, seed=seed).first()
    if standing is not None:
        return standing
    decided = Dossier.objects.filter(year=year, unit__path__startswith=unit.path, decided_at__isnull=False)
    keys = list(decided.values_list("pk", flat=True))
    if not keys:
        raise RefusedError(_("No dossier of this unit and year has been decided yet."))
    drawn = draw(keys, seed, percent)
    sample = InspectionSample.objects.create(
        unit=unit, year=year, seed=seed, percent=percent, population=len(keys), drawn_by=by, drawn_at=at
    )
    InspectedDossier.objects.bulk_create(
        InspectedDossier(sample=sample, dossier_id=pk, position=place) for place, pk in enumerate(drawn, start=1)
    )
    log(instance=sample, action="dossiers.draw_sample", user=by, data={"drawn": len(drawn), "from": len(keys)})
    return sample


def draw(keys: Iterable[int], seed: str, percent: int) -> list[int]:
    """The first ``percent`` of the keys in the order of SHA-256("<seed>:<key>"): pure, so anyone can repeat it."""
    ordered = sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).hexdigest())
    return ordered[: math.ceil(len(ordered) * percent / 100)]


@refusals_noted
@transaction.atomic
def note_finding(
    *, line: InspectedDossier, finding: str, note: str, by: User, at: datetime.datetime
) -> InspectedDossier:
    """What the inspector found. It changes no decision: what follows from it is for the body above. Idempotent; the
    inspector may correct their own finding."""
    current = (
        InspectedDossier.objects.select_for_update(of=("self",))
        .select_related("sample__unit", "dossier")
        .get(pk=line.pk)
    )
    _require_inspector(current, by, at)
    if finding not in InspectedDossier.Finding.values:
        raise RefusedError(_("Say whether the decision is borne out."))
    if finding == InspectedDossier.Finding.DOUBTFUL and not note.strip():
        raise RefusedError(_("Say what the evidence does not bear out."))
    if (current.finding, current.note) == (finding, nfc(note)):
        return current
    current.finding, current.note, current.inspected_by, current.inspected_at = finding, nfc(note), by, at
    current.save(update_fields=["finding", "note", "inspected_by", "inspected_at"])
    log(instance=current, action="dossiers.inspect", user=by, data={"finding": finding})
    return current


def _require_inspector(line: InspectedDossier, by: User, at: datetime.datetime) -> None:
    if not may(by, Action.INSPECT, line.sample.unit, on=timezone.localdate(at)):
        raise PermissionDenied(_("Only an inspector of this unit notes findings."))
    if line.dossier.person_id == by.person_id:
        raise PermissionDenied(_("This is your own dossier: someone else inspects it."))
    if Dossier.objects.judged_by(by).filter(pk=line.dossier_id).exists():
        raise PermissionDenied(_("You judged this dossier: someone else inspects it."))
    if line.inspected_by_id not in {None, by.pk}:
        raise PermissionDenied(_("Another inspector has noted their finding."))
