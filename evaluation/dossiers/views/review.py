"""The bodies' side: the queue, and one dossier."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.criteria.replay import replayed
from evaluation.dossiers import actions, sheet
from evaluation.dossiers.actions.guards import turn_text
from evaluation.dossiers.bodies import Turn, turn_of
from evaluation.dossiers.forms import QueueForm, ReviewRowForm, StepForm
from evaluation.dossiers.models import Dossier, Review
from evaluation.dossiers.querysets.dossiers import DossierQuerySet
from evaluation.dossiers.refusals import RefusedError, StaleError
from evaluation.dossiers.views.clock import opened_now, seconds_since
from evaluation.dossiers.views.office import office_places
from evaluation.dossiers.views.trails import review_trail
from membership.actions import log_file_access
from membership.admission import admit
from membership.models import User
from membership.policy import Action, may

PER_PAGE = 25


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    user = admit(request, Action.VIEW_DOSSIERS)
    is_reviewer = may(user, Action.REVIEW)
    form = QueueForm(request.GET, user=user, is_reviewer=is_reviewer)
    form.is_valid()
    page = _page(request, user, form, is_reviewer)
    ready = {row.pk for row in page.object_list if _is_ready(row)} if may(user, Action.RECOGNISE) else set()
    context = {
        "form": form,
        "page_obj": page,
        "ready": ready,
        "office": office_places(user),
        "breadcrumbs": review_trail(),
    }
    return render(request, "dossiers/queue.html", context)


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.VIEW_DOSSIERS)
    dossier = get_object_or_404(Dossier.objects.visible_to(user).for_review(), pk=pk)
    admit(request, Action.VIEW_DOSSIERS, dossier.unit)
    if request.method == "POST":
        return _act(request, user, dossier)
    log_file_access(user=user, person=dossier.person, what="dossier", at=timezone.now())
    return _show(request, user, dossier, _forms(dossier, None))


def _page(request: HttpRequest, user: User, form: QueueForm, is_reviewer: bool) -> Page[Any]:
    """Of what waits for the user, or of everything within reach; both a page at a time."""
    chosen = form.cleaned_data if form.is_valid() else {}
    state = chosen.get("state") or (QueueForm.WAITING if is_reviewer else QueueForm.ALL)
    number = request.GET.get("page")
    if state == QueueForm.WAITING:
        waiting = _filtered(Dossier.objects.for_queue(user), chosen).keys_in_turn()
        page: Page[Any] = Paginator(waiting, PER_PAGE).get_page(number)
        page.object_list = list(Dossier.objects.for_rows(list(page), user))
        return page
    listed = Dossier.objects.counting().visible_to(user).of_others(user).for_listing()
    listed = listed if state == QueueForm.ALL else listed.filter(state=state)
    return Paginator(_filtered(listed, chosen), PER_PAGE).get_page(number)


def _filtered(listed: DossierQuerySet, chosen: dict[str, Any]) -> DossierQuerySet:
    if chosen.get("year"):
        listed = listed.filter(year=chosen["year"])
    if chosen.get("unit"):
        listed = listed.filter(unit__path__startswith=chosen["unit"].path)
    return listed.matching(chosen.get("q") or "")


def _is_ready(dossier: Any) -> bool:
    """``ready_for_decision`` over again, on a row that is at hand."""
    criteria = dossier.criteria_set
    return bool(
        dossier.current_step
        and dossier.current_step.recognises
        and dossier.reviewed_count == dossier.score_count
        and dossier.reviewed_total >= criteria.threshold
        and dossier.reviewed_least >= criteria.floor
        and not getattr(dossier, "is_own", False)
        and not getattr(dossier, "has_judged", False)
    )


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
