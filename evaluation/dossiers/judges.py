"""Who judged a dossier, at the desk or in a meeting: nobody judges the same one in two bodies, nor answers for it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

Reviewer = Mapping[str, Any]


def judged_elsewhere(at: Callable[[str], Any], reviewer: Reviewer, person: Any) -> Q:
    """Whether they judged it in another body than the one at which it waits.

    ``at`` leads to the dossier's row, ``reviewer`` to who reviewed, ``person`` to who sat in meetings. Who acted at
    this very body before and was then heard in the meeting of the one above has judged here alone.
    """
    here = at("current_step")
    reviews = _rows("Review").filter(dossier=at("pk"), **reviewer)
    changes = _rows("ScoreChange").filter(score__dossier=at("pk"), **reviewer)
    sittings = _sittings(at("pk"), person).exclude(
        meeting__step__role=at("current_step__role"), meeting__unit=at("current_unit")
    )
    sat = Q(Exists(sittings)) & ~Q(Exists(reviews.filter(step=here)))
    return Q(Exists(reviews.exclude(step=here))) | Q(Exists(changes.exclude(step=here))) | sat


def judged_anywhere(reviewer: Reviewer, person: Any) -> Q:
    reviews = _rows("Review").filter(dossier=OuterRef("pk"), **reviewer)
    changes = _rows("ScoreChange").filter(score__dossier=OuterRef("pk"), **reviewer)
    return Q(Exists(reviews)) | Q(Exists(changes)) | Q(Exists(_sittings(OuterRef("pk"), person)))


def _sittings(dossier: Any, person: Any) -> models.QuerySet[models.Model]:
    """Presence is noted when the minutes are closed, never before."""
    return _rows("Attendance").filter(meeting__lines__dossier=dossier, person=person, is_present=True)


def _rows(model: str) -> models.QuerySet[models.Model]:
    return apps.get_model("dossiers", model).objects.all()
