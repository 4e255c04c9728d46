"""What stands against a dossier's going on, or against the title: the one definition of "ready", for lists and for one.

The queue, a dossier's page, lists for recognition and figures ask here; whose turn it is, is another question.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _


class Obstacle(models.TextChoices):
    """The first thing that stands against it, with what to do."""

    NOT_IN_REVIEW = "not_in_review", _("The dossier is not in review.")
    WITHDREW = (
        "withdrew",
        _("The dossier stands still: its person withdrew their consent, or asked not to use their data for now."),
    )
    UNREVIEWED = "unreviewed", _("Some indicators have no reviewed score yet.")
    UNREASONED = (
        "unreasoned",
        _("Reviewed scores lie far from what evidence suggests, and nobody has said why: give the reason there."),
    )
    UNSEEN = "unseen", _("Evidence came after a body had signed off: look at it on the dossier's page.")
    NOT_MET = "not_met", _("This body decides in a meeting: call one on this dossier and close its minutes first.")
    TOO_FEW = "too_few", _("Too few who may judge this dossier were at the meeting: call another one.")
    VOTED_DOWN = (
        "voted_down",
        _("The meeting did not agree: return it with what to complete, or record the refusal."),
    )
    CHANGED = "changed", _("A score was changed after the meeting that agreed: call another one on this dossier.")
    UNCONFIRMED = (
        "unconfirmed",
        _("This person only said themselves that they belong here: an officer confirms their membership first."),
    )
    BELOW_TOTAL = "below_total", _("The reviewed total does not reach what the title asks for.")
    BELOW_FLOOR = "below_floor", _("An indicator is reviewed below the least score that the title asks for.")
    DOUBTED = (
        "doubted",
        _("An inspection doubts the scores: the body that recognises says on the dossier's page what it makes of it."),
    )


class Stand(NamedTuple):
    """Where one dossier stands: what is against it, what its body's last meeting came to, and that meeting's key."""

    obstacle: str
    vote: str | None
    met_in: int | None


def obstacle() -> Case:
    """For rows with ``vote`` and ``voted_at``, as ``with_obstacle`` has them."""
    meets = Q(current_step__quorum__gt=0) | Q(current_step__quorum_percent__gt=0)
    recognises = Q(current_step__recognises=True)
    scores = _scores()
    found = {
        Obstacle.NOT_IN_REVIEW: ~Q(state="in_review"),
        Obstacle.WITHDREW: Q(person__withdrawn_at__isnull=False),
        Obstacle.UNREVIEWED: Q(Exists(scores.filter(reviewed_points=None))) | ~Q(Exists(scores)),
        Obstacle.UNREASONED: Q(current_step__reason_over__isnull=False)
        & Q(Exists(unreasoned().filter(dossier=OuterRef("pk")))),
        Obstacle.UNSEEN: Q(stale_since__isnull=False),
        Obstacle.NOT_MET: meets & Q(vote=None),
        Obstacle.TOO_FEW: Q(vote="short"),
        Obstacle.VOTED_DOWN: Q(vote="lost"),
        Obstacle.CHANGED: Q(vote="carried") & Q(Exists(_changes_since(OuterRef("voted_at")))),
        Obstacle.UNCONFIRMED: recognises & Q(Exists(_said(True))) & ~Q(Exists(_said(False))),
        Obstacle.BELOW_TOTAL: recognises & Q(criteria_set__threshold__gt=_total(scores)),
        Obstacle.BELOW_FLOOR: recognises
        & Q(Exists(scores.filter(reviewed_points__lt=OuterRef("criteria_set__floor")))),
        Obstacle.DOUBTED: recognises & Q(Exists(open_doubts().filter(dossier=OuterRef("pk")))),
    }
    cases = [When(condition, then=Value(name.value)) for name, condition in found.items()]
    return Case(*cases, default=Value(""), output_field=CharField())


def of_last_meeting(field: str) -> Subquery:
    """Of the dossier's line in the latest closed meeting of the body at which it waits, since it was handed in: a body
    is its office in its unit, whichever chain led there. When the minutes were closed does not matter, and without a
    result the meeting did not look at it any more."""
    lines = (
        apps.get_model("dossiers", "MeetingLine")
        .objects.filter(
            dossier=OuterRef("pk"),
            meeting__unit=OuterRef("current_unit"),
            meeting__step__role=OuterRef("current_step__role"),
            meeting__closed_at__gte=OuterRef("submitted_at"),
        )
        .exclude(result="")
    )
    latest = "-meeting__held_at", "-meeting__closed_at", "-meeting__pk"
    return Subquery(lines.order_by(*latest).values(field)[:1])


def open_doubts() -> models.QuerySet[Any]:
    """What inspections before a decision found and no recognising body has answered."""
    found = apps.get_model("dossiers", "InspectedDossier").objects.order_by()
    return found.filter(finding="doubtful", sample__stage="in_review", weighed_at=None)


def unreasoned() -> models.QuerySet[Any]:
    """Reviewed scores further from the suggestion than the body that has them may go, for which no body said why."""
    said = apps.get_model("dossiers", "ScoreChange").objects.order_by().exclude(reason="")
    scores, limit = apps.get_model("dossiers", "IndicatorScore").objects, F("dossier__current_step__reason_over")
    far = Q(reviewed_points__gt=F("suggested_points") + limit) | Q(reviewed_points__lt=F("suggested_points") - limit)
    return scores.order_by().filter(far, ~Exists(said.filter(score=OuterRef("pk"), after=OuterRef("reviewed_points"))))


def _scores() -> models.QuerySet[Any]:
    return apps.get_model("dossiers", "IndicatorScore").objects.filter(dossier=OuterRef("pk")).order_by()


def _said(is_self_declared: bool) -> models.QuerySet[Any]:
    """Where the person belongs today: by their own word, or by an officer's."""
    held = apps.get_model("membership", "Membership").objects.on(localdate())
    return held.filter(person=OuterRef("person"), is_self_declared=is_self_declared)


def _changes_since(moment: OuterRef) -> models.QuerySet[Any]:
    """Another figure than the one that stood; a reason alone changes nothing."""
    changes = apps.get_model("dossiers", "ScoreChange").objects.order_by()
    return changes.filter(score__dossier=OuterRef("pk"), at__gt=moment).exclude(before=F("after"))


def _total(scores: models.QuerySet[Any]) -> Subquery:
    return Subquery(scores.values("dossier").annotate(total=Sum("reviewed_points")).values("total"))
