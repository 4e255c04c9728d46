"""What evidence suggests, and what comes after a body has signed off: nobody recognises what nobody has looked at.

Suggestions are their own record: they have no entry in the audit log."""

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Min
from wagtail.log_actions import log

from evaluation.criteria.inputs import measure_of, standing_items
from evaluation.criteria.scoring import TraceLine, counted_by_evidence, suggest
from evaluation.dossiers.actions.guards import follow, locked, refusals_noted, require_turn
from evaluation.dossiers.models import Dossier, IndicatorScore, Review
from learning.evidence.kinds import WITHDRAWAL
from learning.evidence.ledger.inspection import GRACE
from learning.evidence.models import Evidence
from membership.models import Person, User

_UPDATE = "UPDATE dossiers_indicatorscore SET suggested_points = %s, suggested_trace = %s WHERE id = %s"
# What taking up evidence reads: the frozen figures and the words of a dossier are long.
_TAKEN_UP = ("person", "year", "state", "current_step", "submitted_at", "decided_at", "stale_since", "seen_at",
             "criteria_set__identifier", "criteria_set__status", "person__objected_at")  # fmt: skip

_Counted = set[tuple[int, str]]  # the row of an indicator, and the key of what gave points there


@dataclass(frozen=True)
class _Seen:
    """Which evidence a body could see, by its keys, and until when."""

    until: datetime.datetime
    keys: set[str]


@transaction.atomic
def rescore(*, dossier: Dossier, at: datetime.datetime) -> Dossier:
    """Suggests anew from the evidence of 1 January to 31 December that stands. Idempotent; a decided dossier keeps
    the figures that its decision froze."""
    held = Dossier.objects.select_for_update(of=("self",)).select_related("criteria_set", "person")
    current = held.get(pk=dossier.pk)
    if not current.is_decided:
        suggest_anew(current)
    return current


@transaction.atomic
def suggest_by_will(person: Person) -> None:
    """Once the person objects to suggestions, or no longer does: in every dossier that is not decided."""
    dossiers = Dossier.objects.filter(person=person).select_related("criteria_set", "person")
    for dossier in dossiers.select_for_update(of=("self",)):
        if not dossier.is_decided:
            suggest_anew(dossier)


def suggest_anew(dossier: Dossier) -> None:
    """Writes what changed, and attaches what counts now and did not before: who detached it is not asked again. The
    caller holds the row. Three queries where nothing was corrected or counted anew: this runs after every new piece of
    evidence, so it builds no objects. Of who objects to it nothing is suggested."""
    items, has_corrections = standing_items(dossier.person_id, dossier.year)
    if has_corrections:
        _follow_corrections(dossier)
    if dossier.person.objected_at is not None:
        dossier.scores.exclude(suggested_points=None).update(suggested_points=None, suggested_trace=[])
        return
    measure = measure_of(dossier.criteria_set)
    suggestions = suggest(items, measure.rules, measure.maxima, measure.step)
    rows = IndicatorScore.objects.filter(dossier=dossier).order_by()
    changed: list[tuple[Decimal | None, str, int]] = []
    counted: _Counted = set()
    stood: dict[int, set[str]] = {}
    columns = ("pk", "indicator__number", "suggested_points", "suggested_trace")
    for pk, number, points, before in rows.values_list(*columns):
        suggestion = suggestions[number]
        if suggestion.points != points or list(suggestion.trace) != before:
            changed.append((suggestion.points, json.dumps(suggestion.trace), pk))
            stood[pk] = _counted(before)
            counted |= {(pk, key) for key in _counted(suggestion.trace) - stood[pk]}
    if changed:
        with connection.cursor() as cursor:
            cursor.executemany(_UPDATE, changed)
    if counted and has_corrections:
        counted -= _corrected(dossier, counted, stood)
    if counted:
        attached = IndicatorScore.evidence.through
        attached.objects.bulk_create(
            (attached(indicatorscore_id=pk, evidence_id=key) for pk, key in sorted(counted)), ignore_conflicts=True
        )


def _counted(trace: Iterable[TraceLine]) -> set[str]:
    """Keys of the evidence that gave points: what a cap left nothing of is not attached by itself."""
    return {key for key, points in counted_by_evidence(trace).items() if points > 0}


def _corrected(dossier: Dossier, counted: _Counted, stood: Mapping[int, set[str]]) -> _Counted:
    """What only corrects evidence that counted there before: attached, it has been followed; detached, it stays so."""
    rows = Evidence.objects.filter(person=dossier.person_id, supersedes__isnull=False)
    former = {str(new): str(old) for new, old in rows.values_list("pk", "supersedes")}
    return {(pk, key) for pk, key in counted if any(old in stood[pk] for old in _line_back(key, former))}


def _line_back(key: str, former: Mapping[str, str]) -> Iterable[str]:
    while earlier := former.get(key):
        yield earlier
        key = earlier


@transaction.atomic
def take_up_evidence(*, person_id: int, year: int) -> None:
    """Called when evidence of the year was recorded, however late: suggests anew where nothing is decided yet, and
    marks as stale what a body signed off, or decided, before the evidence came. Figures that a decision froze stay.
    Idempotent: the first moment stays."""
    dossiers = (
        Dossier.objects.filter(person=person_id, year=year).select_related("criteria_set", "person").only(*_TAKEN_UP)
    )
    for current in dossiers.select_for_update(of=("self",)):
        seen = _seen(current)
        if not current.is_decided:
            suggest_anew(current)
        if seen is not None and (came := _came_since(current, seen)):
            current.stale_since = came
            current.save(update_fields=["stale_since"])
            log(instance=current, action="dossiers.stale", data={"step": current.current_step_id})


@refusals_noted
def look_again(*, dossier: Dossier, by: User, at: datetime.datetime) -> Dossier:
    """The body at which it waits has looked at what came. Idempotent."""
    current = locked(dossier)
    require_turn(current, by, at)
    if current.stale_since is not None:
        current.stale_since, current.seen_at = None, at
        current.save(update_fields=["stale_since", "seen_at"])
        log(instance=current, action="dossiers.look_again", user=by, data={"step": current.current_step_id})
    follow(dossier, current)
    return current


def _follow_corrections(dossier: Dossier) -> None:
    """Attached evidence that has been superseded gives way to what supersedes it; what was taken back, to nothing."""
    attached = IndicatorScore.evidence.through.objects.filter(indicatorscore__dossier=dossier)
    superseded = attached.filter(evidence__superseded_by__isnull=False)
    while rows := list(superseded.select_related("indicatorscore", "evidence__superseded_by")):
        for row in rows:
            row.indicatorscore.evidence.add(row.evidence.superseded_by)
            row.delete()
    attached.filter(evidence__kind=WITHDRAWAL).delete()


def _seen(dossier: Dossier) -> _Seen | None:
    """None: nobody has signed off, or it is marked already."""
    until = None if dossier.stale_since else _seen_until(dossier)
    if until is None:
        return None
    keys = {row["id"] for row in dossier.frozen["evidence"]} if dossier.frozen else _shown(dossier)
    return _Seen(until, keys)


def _came_since(dossier: Dossier, seen: _Seen) -> datetime.datetime | None:
    """When the first came that no body can have seen. A long import commits what it began minutes before: what claims
    to have been there shortly before is new where it stands now and was not seen, or replaces what was."""
    told = Evidence.objects.filter(person=dossier.person_id).of_year(dossier.year)
    rows = told.filter(recorded_at__gt=seen.until - GRACE).order_by("recorded_at")
    listed = list(rows.values_list("recorded_at", "pk", "supersedes"))
    changed = _shown(dossier) ^ seen.keys if listed and listed[0][0] <= seen.until else set()
    new = (at for at, *keys in listed if at > seen.until or changed.intersection(map(str, keys)))
    first = next(new, None)
    return max(first, seen.until) if first else None


def _shown(dossier: Dossier) -> set[str]:
    """Keys of what is there to be seen now: what suggestions rest on and what is attached; of a decided dossier, all
    that stands."""
    if dossier.is_decided:
        standing = Evidence.objects.filter(person=dossier.person_id).standing().of_year(dossier.year)
        return {str(pk) for pk in standing.values_list("pk", flat=True)}
    scores = IndicatorScore.objects.filter(dossier=dossier).order_by()
    traces = scores.values_list("suggested_trace", flat=True)
    attached = scores.filter(evidence__isnull=False).values_list("evidence", flat=True)
    return {line["evidence"] for trace in traces for line in trace} | {str(pk) for pk in attached}


def _seen_until(dossier: Dossier) -> datetime.datetime | None:
    """Up to when evidence was there to be seen: the decision, or the first sign-off since the dossier was handed in and
    whatever a body looked at later. None: nobody has signed off."""
    if dossier.is_decided:
        return dossier.decided_at
    if dossier.state != Dossier.State.IN_REVIEW or dossier.submitted_at is None:
        return None
    forwarded = dossier.reviews.filter(outcome=Review.Outcome.FORWARDED, at__gte=dossier.submitted_at)
    signed_off = forwarded.aggregate(first=Min("at"))["first"]
    return max(signed_off, dossier.seen_at or signed_off) if signed_off else None
