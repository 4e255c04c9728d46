"""Which bodies a dossier passes, where they sit, and whether a user may act for the one it waits at."""

import datetime
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.dossiers.models import Dossier, Meeting, MeetingLine, ReviewChain, ReviewStep
from evaluation.dossiers.querysets.dossiers import DossierQuerySet
from membership.models import Unit, User
from membership.succession import map_of

MOST_BODIES = 20  # that one page lists


class Turn(StrEnum):
    """Whether it is the user's turn, or why it is not."""

    YES = "yes"
    OWN = "own"
    JUDGED_ELSEWHERE = "judged_elsewhere"
    NOT_HERE = "not_here"


def turn_of(user: User, dossier: Dossier, day: datetime.date) -> Turn:
    """The queue's own answer, so that what is listed and what is allowed cannot differ."""
    if dossier.person_id == user.person_id:
        return Turn.OWN
    has_judged = _has_judged(Dossier.objects.at_own_bodies(user, day), dossier)
    if has_judged is None:
        has_judged = _has_judged(Dossier.objects.for_queue(user, day), dossier)
    return _turn(user, dossier.person_id, has_judged)


def turns_of(user: User, dossiers: Iterable[Dossier], day: datetime.date) -> dict[int, Turn]:
    """The same answer for many, by dossier, in one query."""
    person_of = {dossier.pk: dossier.person_id for dossier in dossiers}
    waiting = Dossier.objects.for_queue(user, day).filter(pk__in=person_of)
    has_judged = dict(waiting.values_list("pk", "has_judged"))  # type: ignore[misc]  # annotated
    return {pk: _turn(user, person, has_judged.get(pk)) for pk, person in person_of.items()}


def turn_text(turn: Turn) -> str:
    return {
        Turn.YES: "",
        Turn.OWN: _("This is your own dossier: someone else reviews it."),
        Turn.JUDGED_ELSEWHERE: _("You have judged this dossier in another body: someone else acts for this one."),
        Turn.NOT_HERE: _("This dossier is not waiting at a body for which you act."),
    }[turn]


def _turn(user: User, person_id: int, has_judged: bool | None) -> Turn:
    if person_id == user.person_id:
        return Turn.OWN
    if has_judged is None:
        return Turn.NOT_HERE
    return Turn.JUDGED_ELSEWHERE if has_judged else Turn.YES


def _has_judged(waiting: DossierQuerySet, dossier: Dossier) -> bool | None:
    """None where the dossier is not among those waiting."""
    return waiting.filter(pk=dossier.pk).values_list("has_judged", flat=True).first()


def unit_of_step(step: ReviewStep, unit: Unit) -> Unit | None:
    """The nearest unit of the step's kind at or above the unit, or above where that lives on today."""
    if unit.valid_to is not None:
        heir = Unit(path=map_of(timezone.localdate()).home(unit.path))
        return _nearest(_line_up(heir), step) or _nearest(_line_up(unit), step)
    return _nearest(_line_up(unit), step)


def steps_of(meeting: Meeting, lines: Iterable[MeetingLine]) -> dict[int, ReviewStep]:
    """By dossier, the body that met as the dossier's own chain has it: by its rule the votes on it are counted. A body
    meets on dossiers of several chains, and is its office in units of its kind. One query."""
    chain_of = {line.dossier_id: line.dossier.chain_id for line in lines}
    here = {"role": meeting.step.role, "unit_kind": meeting.step.unit_kind}
    steps = ReviewStep.objects.filter(chain__in=set(chain_of.values()), **here).select_related("chain")
    by_chain = {step.chain_id: step for step in steps}
    return {dossier: by_chain.get(chain, meeting.step) for dossier, chain in chain_of.items()}


def chain_for(group: str, unit: Unit, day: datetime.date) -> ReviewChain | None:
    """The group's first chain of the day whose bodies all exist above the unit."""
    line = _line_up(unit)
    return next((chain for chain in ReviewChain.objects.standing(group, day) if _fits(chain, line)), None)


def has_bodies(chain: ReviewChain, unit: Unit) -> bool:
    """Whether all of the chain's bodies exist above the unit."""
    return _fits(chain, _line_up(unit))


def _fits(chain: ReviewChain, line: list[Unit]) -> bool:
    steps = list(chain.steps.all())
    return bool(steps) and all(_nearest(line, step) for step in steps)


def _line_up(unit: Unit) -> list[Unit]:
    """The unit and what is above it, the nearest first; one query."""
    return list(Unit.objects.filter(path__in=unit.paths_up).order_by("-depth"))


def _nearest(line: list[Unit], step: ReviewStep) -> Unit | None:
    return next((unit for unit in line if unit.kind == step.unit_kind), None)


def bodies_at(waiting: DossierQuerySet[Dossier]) -> list[dict[str, Any]]:
    """At which bodies these wait, how many at each; a body is its office in a unit, whichever chain leads there."""
    places = "current_step__role", "current_unit", "current_unit__name", "current_unit__path", "year"
    counted = {"step": Min("current_step"), "name": Min("current_step__name"), "number": Count("pk")}
    found = waiting.values(*places).annotate(**counted)
    return list(found.order_by("-year", "current_unit__path", "current_step__role")[:MOST_BODIES])
