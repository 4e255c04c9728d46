"""Dossiers of a person who is erased, and of two records that become one."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.log_actions import log

from evaluation.dossiers.models import (
    Appeal,
    Dossier,
    FollowUpEntry,
    FollowUpFile,
    IndicatorScore,
    InspectedDossier,
    LinkLine,
    Review,
    ScoreChange,
)
from evaluation.dossiers.seals import CHANGE, DOSSIER, REVIEW
from learning.evidence.actions import await_sealing, seal_without_words
from learning.evidence.actions.keeping import drop_file
from learning.evidence.ledger.rows import rows_in_log
from membership.models import Person, User

_GONE = "—"  # where the database asks for a reason
# How far a dossier has come; the further one counts.
_STAGES = {
    Dossier.State.SET_ASIDE: 0,
    Dossier.State.DRAFT: 1,
    Dossier.State.RETURNED: 2,
    Dossier.State.IN_REVIEW: 3,
    Dossier.State.NOT_RECOGNISED: 4,
    Dossier.State.RECOGNISED: 5,
}


@transaction.atomic
def erase_dossiers(*, person_ids: list[int], at: datetime.datetime) -> None:
    """Part of an erasure. What was not decided is set aside without figures. Run twice it changes nothing more."""
    dossiers = Dossier.objects.filter(person_id__in=person_ids)
    scores = IndicatorScore.objects.filter(dossier__in=dossiers)
    IndicatorScore.evidence.through.objects.filter(indicatorscore__in=scores).delete()
    scores.update(self_note="", suggested_trace=[])
    scores.exclude(dossier__state__in=Dossier.DECIDED).update(
        self_points=None, self_saved_at=None, suggested_points=None, reviewed_points=None
    )
    Review.objects.filter(dossier__in=dossiers).update(reason="")
    ScoreChange.objects.filter(score__in=scores).update(reason=_GONE)
    InspectedDossier.objects.filter(dossier__in=dossiers).update(note="", weighed="")
    _erase_findings(dossiers)
    _erase_lists(dossiers)
    _erase_appeals(dossiers)
    for dossier in dossiers:
        if dossier.frozen is not None:
            dossier.frozen = _figures_of(dossier.frozen)
            dossier.save(update_fields=["frozen"])
    dossiers.update(fingerprint="")
    dossiers.exclude(state__in=Dossier.DECIDED).update(
        state=Dossier.State.SET_ASIDE, current_step=None, current_unit=None, stale_since=None
    )
    _seal_what_is_left(dossiers, at)


def _erase_findings(dossiers: QuerySet[Dossier]) -> None:
    """That it was followed up stays; what was said and handed in goes."""
    entries = FollowUpEntry.objects.filter(follow_up__line__dossier__in=dossiers)
    entries.update(words="")
    for paper in FollowUpFile.objects.filter(entry__in=entries):
        drop_file(str(paper.file.name))
        paper.delete()


def move_dossiers(*, duplicate: Person, into: Person, by: User, at: datetime.datetime) -> None:
    """Each year's dossier goes along, but for an undecided one that the person themselves, as an officer, judged: it
    is set aside, and they begin anew. Where both records have one, the one that came further counts, that of the
    record which stays if they came equally far, and the other is set aside; a decided one is never changed: two
    decided ones stay each where they are, and only the remaining record's is counted. One whose title was revoked is in
    no other's way."""
    _set_aside_own_judgement(duplicate, into, by, at)
    held = {row.year: row for row in Dossier.objects.select_for_update(of=("self",)).standing().filter(person=into)}
    for moving in Dossier.objects.select_for_update(of=("self",)).counting().filter(person=duplicate):
        standing = held.get(moving.year)
        if standing is None or moving.state == Dossier.State.REVOKED:
            _move(moving, into, at)
        elif standing.is_decided and moving.is_decided:
            continue
        elif _stage(moving) > _stage(standing):
            _set_aside(standing, by, at)
            _move(moving, into, at)
        else:
            _set_aside(moving, by, at)


def _seal_what_is_left(dossiers: QuerySet[Dossier], at: datetime.datetime) -> None:
    """Also of dossiers that are decided no more: what they froze when they were has its entry."""
    sealed = [pk for pk in dossiers.values_list("pk", flat=True) if rows_in_log(DOSSIER, pk, pk)]
    left = {
        REVIEW: Review.objects.filter(dossier__in=dossiers),
        CHANGE: ScoreChange.objects.filter(score__dossier__in=dossiers),
        DOSSIER: dossiers.filter(Q(state__in=Dossier.DECIDED) | Q(pk__in=sealed)),
    }
    for kind, rows in left.items():
        seal_without_words(kind=kind.key, rows=rows.values_list("pk", flat=True), at=at)


def _erase_lists(dossiers: QuerySet[Dossier]) -> None:
    """That a body without accounts was asked stays, with its word; name and remark go."""
    for line in LinkLine.objects.filter(dossier__in=dossiers):
        line.frozen, line.remark = line.frozen | {"name": ""}, ""
        line.save(update_fields=["frozen", "remark"])


def _erase_appeals(dossiers: Any) -> None:
    appeals = Appeal.objects.filter(dossier__in=dossiers)
    appeals.filter(Q(outcome="")).delete()
    appeals.update(reason=_GONE, answer=_GONE)
    for appeal in appeals:
        if appeal.frozen is not None:
            appeal.frozen = _figures_of(appeal.frozen)
            appeal.save(update_fields=["frozen"])


def _figures_of(frozen: Any) -> dict[str, Any]:
    """What a decision froze, without what the person did."""
    indicators = [indicator | {"trace": [], "attached": []} for indicator in frozen.get("indicators", [])]
    return frozen | {"evidence": [], "indicators": indicators, "is_erased": True}


def _stage(dossier: Dossier) -> int:
    return _STAGES[Dossier.State(dossier.state)]


def _set_aside_own_judgement(duplicate: Person, into: Person, by: User, at: datetime.datetime) -> None:
    open_ones = Dossier.objects.counting().filter(person__in=[duplicate, into]).exclude(state__in=Dossier.DECIDED)
    for dossier in open_ones.judged_by_records([duplicate, into]).select_for_update(of=("self",)):
        _set_aside(dossier, by, at)


def _move(dossier: Dossier, into: Person, at: datetime.datetime) -> None:
    dossier.person = into
    dossier.save(update_fields=["person"])
    if dossier.is_decided:
        await_sealing(kind=DOSSIER.key, rows=[dossier.pk], at=at)


def _set_aside(dossier: Dossier, by: User, at: datetime.datetime) -> None:
    dossier.state, dossier.current_step, dossier.current_unit = Dossier.State.SET_ASIDE, None, None
    dossier.save(update_fields=["state", "current_step", "current_unit"])
    log(instance=dossier, action="dossiers.set_aside", user=by, data={"person": dossier.person_id})
