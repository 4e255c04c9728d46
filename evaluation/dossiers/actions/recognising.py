"""Many titles in one go: all that stand on a list, or none."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from evaluation.criteria.inputs import rules_of
from evaluation.criteria.scoring import Rule
from evaluation.dossiers.actions.deciding import Basis, frozen_from, verdict_of
from evaluation.dossiers.actions.guards import RefusedError, SealedError, body_of, refusal_of
from evaluation.dossiers.actions.moving import require_settled
from evaluation.dossiers.actions.reviewing import figures_of
from evaluation.dossiers.bodies import Turn, turn_text, turns_of
from evaluation.dossiers.models import Dossier, Review
from evaluation.dossiers.querysets.readiness import Stand
from evaluation.dossiers.seals import DOSSIER, REVIEW
from evaluation.dossiers.signals import dossier_decided
from learning.evidence.actions import await_sealing
from learning.evidence.models import Evidence
from membership.models import User
from membership.policy import Action, reach

_BATCH = 250


@transaction.atomic
def recognise_many(*, dossiers: Iterable[int], by: User, at: datetime.datetime) -> list[Dossier]:
    """Recognises all of these dossiers (ids), or none. Final; each leaves its review and its entry in the log.

    Raises PermissionDenied or RefusedError for the first that may not be recognised by this user now.
    """
    keys = list(dossiers)
    current = list(
        Dossier.objects.select_for_update(of=("self",))
        .select_related("unit", "current_step", "criteria_set", "person")
        .prefetch_related("scores__indicator", "scores__evidence")
        .filter(pk__in=keys)
        .order_by("pk")
    )
    stands = Dossier.objects.filter(pk__in=keys).stands()
    _require_turns(current, stands, by, at)
    require_settled(keys, at)
    rules = {criteria.pk: rules_of(criteria) for criteria in {dossier.criteria_set for dossier in current}}
    reviews = []
    for start in range(0, len(current), _BATCH):
        batch = current[start : start + _BATCH]
        reviews += [_review_of(dossier, stands[dossier.pk].met_in, by, at) for dossier in batch]
        _decide(batch, rules, at)
    written = Review.objects.bulk_create(reviews, batch_size=_BATCH)
    await_sealing(kind=REVIEW.key, rows=[review.pk for review in written], at=at)
    await_sealing(kind=DOSSIER.key, rows=[dossier.pk for dossier in current], at=at)
    _log(current, by)
    for dossier in current:
        transaction.on_commit(partial(dossier_decided.send, sender=Dossier, dossier_id=dossier.pk))
    return current


def _require_turns(dossiers: Sequence[Dossier], stands: Mapping[int, Stand], by: User, at: datetime.datetime) -> None:
    day = timezone.localdate(at)
    turns = turns_of(by, dossiers, day)
    within = reach(by, Action.RECOGNISE, "unit__", on=day)
    may_recognise = set(Dossier.objects.filter(within, pk__in=turns).values_list("pk", flat=True))
    for dossier in dossiers:
        if dossier.is_decided:
            raise SealedError(_("This dossier has been decided; nothing in it changes any more."))
        if dossier.state != Dossier.State.IN_REVIEW:
            raise RefusedError(_("The dossier is not in review."))
        if turns[dossier.pk] != Turn.YES:
            raise PermissionDenied(turn_text(turns[dossier.pk]))
        if dossier.current_step is None or not dossier.current_step.recognises:
            raise RefusedError(_("The dossier has not reached the body that recognises."))
        if dossier.pk not in may_recognise:
            raise PermissionDenied(_("Only a recogniser decides on the title."))
        if stands[dossier.pk].obstacle:
            raise refusal_of(dossier, stands[dossier.pk])


def _decide(batch: Sequence[Dossier], rules: dict[int, list[Rule]], at: datetime.datetime) -> None:
    evidence = _evidence_of(batch)
    for dossier in batch:
        scores = list(dossier.scores.all())
        basis = Basis(scores, evidence[dossier.person_id], rules[dossier.criteria_set_id])
        dossier.frozen = frozen_from(dossier, basis, verdict_of(dossier, scores), at)
        dossier.state, dossier.decided_at = Dossier.State.RECOGNISED, at
        dossier.current_step, dossier.current_unit = None, None
    same = {"state": Dossier.State.RECOGNISED, "current_step": None, "current_unit": None, "decided_at": at}
    Dossier.objects.filter(pk__in=[dossier.pk for dossier in batch]).update(**same)
    Dossier.objects.bulk_update(batch, ["frozen"], batch_size=_BATCH)


def _evidence_of(batch: Sequence[Dossier]) -> dict[int, list[Evidence]]:
    """By person: what stands in the year of the batch's dossiers."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for year in {dossier.year for dossier in batch}:
        people = [dossier.person_id for dossier in batch if dossier.year == year]
        standing = Evidence.objects.filter(person__in=people).standing().of_year(year)
        for row in standing.order_by("occurred_at", "pk"):
            found[row.person_id].append(row)
    return found


def _review_of(dossier: Dossier, meeting: int | None, by: User, at: datetime.datetime) -> Review:
    step, unit = body_of(dossier)
    return Review(
        dossier=dossier,
        step_id=step,
        unit_id=unit,
        by=by,
        outcome=Review.Outcome.RECOGNISED,
        figures=figures_of(dossier.scores.all()),
        meeting_id=meeting,
        at=at,
    )


def _log(dossiers: Sequence[Dossier], by: User) -> None:
    """An entry for each, as Wagtail's log writes them, in one statement."""
    about = ContentType.objects.get_for_model(Dossier, for_concrete_model=False)
    common: dict[str, Any] = {"content_type": about, "user_id": by.pk, "action": "dossiers.decide", "deleted": False}
    now = timezone.now()
    ModelLogEntry.objects.bulk_create(
        (
            ModelLogEntry(
                object_id=str(dossier.pk),
                label=str(dossier),
                timestamp=now,
                data={"is_recognised": True},
                content_changed=False,
                **common,
            )
            for dossier in dossiers
        ),
        batch_size=_BATCH,
    )
