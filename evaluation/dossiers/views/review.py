"""The bodies' side: one dossier."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.criteria.replay import replayed
from evaluation.dossiers import actions, sheet
from evaluation.dossiers.actions.guards import turn_text
from evaluation.dossiers.bodies import Turn, turn_of
from evaluation.dossiers.forms import ReviewRowForm, StepForm
from evaluation.dossiers.models import Dossier, Review
from evaluation.dossiers.refusals import RefusedError, StaleError
from evaluation.dossiers.views.clock import opened_now, seconds_since
from evaluation.dossiers.views.trails import review_trail
from membership.actions import log_file_access
from membership.admission import admit
from membership.models import User
from membership.policy import Action


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.VIEW_DOSSIERS)
    dossier = get_object_or_404(Dossier.objects.visible_to(user).for_review(), pk=pk)
    admit(request, Action.VIEW_DOSSIERS, dossier.unit)
    if request.method == "POST":
        return _act(request, user, dossier)
    log_file_access(user=user, person=dossier.person, what="dossier", at=timezone.now())
    return _show(request, user, dossier, _forms(dossier, None))


def _forms(dossier: Dossier, request: HttpRequest | None) -> list[ReviewRowForm]:
    data = request.POST if request is not None else None
    return [ReviewRowForm(data, score=score, criteria=dossier.criteria_set) for score in dossier.scores.all()]


def _act(request: HttpRequest, user: User, dossier: Dossier) -> HttpResponse:
    """Saves what was typed and does what was asked, both or neither; refused, the page keeps what was typed."""
    forms = _forms(dossier, request)
    try:
        _require_same_step(request, dossier)
        said = StepForm(request.POST)
        are_valid = [form.is_valid() for form in (*forms, said)]
        if not all(are_valid):
            raise ValidationError(_("Nothing was saved: look at the marked indicators."))
        with transaction.atomic():
            done = _do(request, user, dossier, forms, said.cleaned_data["reason"])
    except actions.ReviewRefusedError as refused:
        actions.note(refused)
        for form in forms:
            if form.number in refused.by_indicator:
                form.add_error("points", refused.by_indicator[form.number])
        return _refused(request, user, dossier, forms, refused.messages)
    except RefusedError as refused:
        actions.note(refused)
        return _refused(request, user, dossier, forms, refused.messages)
    except ValidationError as refused:
        return _refused(request, user, dossier, forms, refused.messages)
    except PermissionDenied as refused:
        actions.note(refused)
        return _refused(request, user, dossier, forms, [str(refused)])
    messages.success(request, done)
    is_still_here = request.POST.get("do") in {"save", "accept", "look_again"}
    return redirect("dossiers:review", pk=dossier.pk) if is_still_here else redirect("dossiers:queue")


def _require_same_step(request: HttpRequest, dossier: Dossier) -> None:
    if request.POST.get("step") != str(dossier.current_step_id or ""):
        raise StaleError(
            _("This dossier has moved on since you opened it: nothing was saved. What you wrote is still below.")
        )


def _do(request: HttpRequest, user: User, dossier: Dossier, forms: list[ReviewRowForm], reason: str) -> str:
    act: dict[str, Any] = {"dossier": dossier, "by": user, "at": timezone.now()}
    seconds = seconds_since(request.POST.get("opened", ""))
    entries = [entry for form in forms if (entry := form.entry()) is not None]
    actions.save_review(entries=entries, **act)
    match request.POST.get("do"):
        case "accept":
            actions.accept_own_scores(**act)
            return _("The person's own scores were taken wherever no score was given.")
        case "look_again":
            actions.look_again(**act)
            return _("Noted: the evidence that came later has been looked at.")
        case "forward":
            actions.forward(reason=reason, seconds=seconds, **act)
            return _("The dossier was forwarded to the next body.")
        case "return":
            actions.return_to_person(reason=reason, seconds=seconds, **act)
            return _("The dossier was returned to the person with your reason.")
        case "refuse":
            actions.decide(is_recognised=False, reason=reason, seconds=seconds, **act)
            return _("The title was refused for this year; the dossier is closed.")
    return _("The scores were saved.")


def _refused(
    request: HttpRequest, user: User, dossier: Dossier, forms: list[ReviewRowForm], said: list[str]
) -> HttpResponse:
    for text in said:
        messages.error(request, text)
    fresh = get_object_or_404(Dossier.objects.visible_to(user).for_review(), pk=dossier.pk)
    return _show(request, user, fresh, forms, is_kept=True)


def _show(
    request: HttpRequest, user: User, dossier: Dossier, forms: list[ReviewRowForm], *, is_kept: bool = False
) -> HttpResponse:
    turn = turn_of(user, dossier, timezone.localdate()) if dossier.state == Dossier.State.IN_REVIEW else Turn.NOT_HERE
    rows = sheet.rows_of(dossier, is_reviewing=True)
    for row, form in zip(rows, forms, strict=True):
        row.form = form if turn == Turn.YES or is_kept else None
    verdict = actions.verdict_of(dossier, list(dossier.scores.all()))
    context = {
        "dossier": dossier,
        "rows": rows,
        "cells": sheet.strip_cells(dossier),
        "stations": sheet.stations(dossier),
        "problems": sheet.problems(rows),
        "opened": opened_now(),
        "past": [row for row in dossier.reviews.all() if row.reason or row.outcome == Review.Outcome.RETURNED],
        "is_my_turn": turn == Turn.YES,
        "is_kept": is_kept,
        "turn_text": turn_text(turn),
        "verdict": verdict,
        "replayed": replayed(dossier.frozen),
        "own_total": sheet.own_total(dossier),
        "open_count": sum(row.score.reviewed_points is None for row in rows),
        "step_form": StepForm(request.POST or None),
        "threshold": dossier.criteria_set.threshold,
        "breadcrumbs": review_trail(dossier),
    }
    return render(request, "dossiers/review.html", context)
