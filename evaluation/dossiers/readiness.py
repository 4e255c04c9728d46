"""Why a dossier does not go on, or does not get the title, in words that say what to do. What stands against it is
asked of the database, in ``querysets/readiness.py``; here it is told."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from evaluation.dossiers.bodies import Turn, turn_text, turns_of
from evaluation.dossiers.models import Dossier, IndicatorScore, MeetingLine, ReviewStep
from evaluation.dossiers.querysets.readiness import Obstacle, Stand, unreasoned
from membership.models import User


def is_ready(row: Any) -> bool:
    """Of a row of the queue: nothing stands against the title, nor against this user's deciding on it."""
    is_at_last_body = row.current_step is not None and row.current_step.recognises
    is_others = getattr(row, "is_own", None) is False and row.has_judged is False
    return bool(is_at_last_body and is_others and not row.obstacle)


def standing_against(dossiers: Iterable[Dossier], by: User, day: datetime.date) -> dict[int, str]:
    """By dossier, what stands against this user's acting on it now; those that are ready are not in it. Two queries,
    however many there are."""
    listed = list(dossiers)
    turns = turns_of(by, listed, day)
    found = Dossier.objects.filter(pk__in=turns).stands()
    told = {pk: _against(turns[pk], stand.obstacle) for pk, stand in found.items()}
    return {pk: text for pk, text in told.items() if text}


def stand_of(dossier: Dossier) -> Stand:
    return Dossier.objects.filter(pk=dossier.pk).stands()[dossier.pk]


def explained(dossier: Dossier, obstacle: str) -> str:
    """For one dossier, with the numbers of its indicators; an obstacle's own label is the short form, for lists."""
    if obstacle == Obstacle.UNREVIEWED:
        return _unreviewed(dossier)
    return _unreasoned(dossier) if obstacle == Obstacle.UNREASONED else str(Obstacle(obstacle).label)


def vote_told(dossier: Dossier, met_in: int | None) -> str:
    """How the meeting with that key voted on it; empty where none has."""
    line = MeetingLine.objects.filter(dossier=dossier, meeting=met_in).select_related("meeting").first()
    if line is None or line.meeting.closed_at is None:
        return ""
    return _("Meeting of %(day)s: %(agreed)s for, %(against)s against, %(abstained)s abstained.") % {
        "day": date_format(localtime(line.meeting.held_at), "d/m/Y"),
        "agreed": line.votes_for or 0,
        "against": line.votes_against or 0,
        "abstained": line.abstained or 0,
    }


def rules_told(steps: Iterable[ReviewStep]) -> str:
    """By what the votes of a meeting are counted: the chains are named where their rules differ."""
    return _told((step.chain.name, step.majority_told) for step in steps)


def needed_told(steps: Iterable[ReviewStep]) -> str:
    """How many must come to the body's meeting, alike."""
    return _told((step.chain.name, step.needed_told) for step in steps)


def _told(by_chain: Iterable[tuple[str, str]]) -> str:
    told = set(by_chain)
    rules = {rule for _chain, rule in told}
    return rules.pop() if len(rules) == 1 else " ".join(f"{chain}: {rule}" for chain, rule in sorted(told) if rule)


def _against(turn: Turn, obstacle: str) -> str:
    if turn != Turn.YES and obstacle != Obstacle.NOT_IN_REVIEW:
        return turn_text(turn)
    return str(Obstacle(obstacle).label) if obstacle else ""


def _unreviewed(dossier: Dossier) -> str:
    open_scores = IndicatorScore.objects.filter(dossier=dossier, reviewed_points=None)
    return _("These indicators have no reviewed score yet: %(numbers)s.") % {"numbers": _numbers(open_scores)}


def _unreasoned(dossier: Dossier) -> str:
    text = _("Say why these indicators are scored so far from what evidence suggests: %(numbers)s.")
    return text % {"numbers": _numbers(unreasoned().filter(dossier=dossier))}


def _numbers(scores: QuerySet[Any]) -> str:
    return ", ".join(
        str(number) for number in scores.order_by("indicator__number").values_list("indicator__number", flat=True)
    )
