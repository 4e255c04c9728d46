"""Dossiers of a person who is erased: figures stay as they were decided, under a pseudonym; words go."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from evaluation.dossiers.models import Appeal, Dossier, IndicatorScore, InspectedDossier, Review, ScoreChange

_GONE = "—"  # where the database asks for a reason


@transaction.atomic
def erase_dossiers(*, person_ids: list[int]) -> None:
    """Part of an erasure. What was not decided is set aside without figures. Run twice it changes nothing more."""
    dossiers = Dossier.objects.filter(person_id__in=person_ids)
    scores = IndicatorScore.objects.filter(dossier__in=dossiers)
    IndicatorScore.evidence.through.objects.filter(indicatorscore__in=scores).delete()
    scores.update(self_note="", suggested_trace=[])
    scores.exclude(dossier__state__in=_DECIDED).update(
        self_points=None, self_saved_at=None, suggested_points=None, reviewed_points=None
    )
    Review.objects.filter(dossier__in=dossiers).update(reason="")
    ScoreChange.objects.filter(score__in=scores).update(reason=_GONE)
    InspectedDossier.objects.filter(dossier__in=dossiers).update(note="")
    _erase_appeals(dossiers)
    for dossier in dossiers:
        if dossier.frozen is not None:
            dossier.frozen = _figures_of(dossier.frozen)
            dossier.save(update_fields=["frozen"])
    dossiers.update(fingerprint="")
    dossiers.exclude(state__in=_DECIDED).update(
        state=Dossier.State.SET_ASIDE, current_step=None, current_unit=None, stale_since=None
    )


_DECIDED = (Dossier.State.RECOGNISED, Dossier.State.NOT_RECOGNISED)


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
