"""Where a dossier is written: at the person's own desk, or at an officer's who writes for them. Same sheet, same
actions, other addresses."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.criteria.explanation import reason_texts
from evaluation.criteria.scoring import judge
from evaluation.dossiers import actions, sheet
from evaluation.dossiers.forms import OwnRowForm
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.views.trails import Trail, assist_trail, own_trail
from interface.refusals import told_on_page
from learning.evidence.models import Evidence
from membership.admission import user_of


@dataclass(frozen=True)
class Desk:
    dossier: Dossier
    is_assisting: bool

    @property
    def page_url(self) -> str:
        return self._url("self_assessment", "assist_write")

    @property
    def confirm_url(self) -> str:
        return self._url("confirm", "assist_confirm")

    @property
    def paper_url(self) -> str:
        return self._url("paper", "assist_paper")

    @property
    def appeal_url(self) -> str:
        return self._url("appeal_own", "assist_appeal")

    def save_url(self, number: int) -> str:
        return self._url("save_indicator", "assist_save", number)

    def trail(self, last: str = "") -> Trail:
        return assist_trail(self.dossier, last) if self.is_assisting else own_trail(self.dossier.year, last)

    def _url(self, own: str, assisting: str, *more: int) -> str:
        name, key = (assisting, self.dossier.pk) if self.is_assisting else (own, self.dossier.year)
        return reverse(f"dossiers:{name}", args=[key, *more])


def page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """GET shows; POST saves all ten, or saves and goes on to handing in."""
    if request.method == "POST":
        return _save(request, desk)
    return _show(request, desk, _forms(desk.dossier, None) if desk.dossier.is_writable else [])


def save_one(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """One indicator as it is changed; answers with a line that says when it was saved."""
    form = next((form for form in _forms(desk.dossier, request) if form.number == number), None)
    if form is None:
        raise Http404
    context: dict[str, Any] = {"number": number}
    try:
        if form.is_valid():
            actions.save_own(dossier=desk.dossier, entries=[form.entry()], by=user_of(request), at=timezone.now())
            dossier = get_object_or_404(Dossier.objects.for_own_page(), pk=desk.dossier.pk)
            context |= {"saved_at": timezone.localtime(), "dossier": dossier, **_progress(dossier)}
        else:
            context["error"] = _("Not saved: look at this indicator again.")
    except ValidationError as refused:
        context["error"] = " ".join(refused.messages)
    return render(request, "dossiers/includes/saved.html", context)


def handing_in(request: HttpRequest, desk: Desk, said: str) -> HttpResponse:
    """What is missing and what is still allowed, before handing in; ``said`` when it was done."""
    if not desk.dossier.is_writable:
        return redirect(desk.page_url)
    if request.method == "POST":
        with told_on_page(request):
            actions.submit(dossier=desk.dossier, by=user_of(request), at=timezone.now())
            messages.success(request, said)
            return redirect(desk.page_url)
    context = {"desk": desk, "dossier": desk.dossier, "breadcrumbs": desk.trail(_("Hand in")), **_missing(desk.dossier)}
    return render(request, "dossiers/confirm.html", context)


def appeal(request: HttpRequest, desk: Desk) -> HttpResponse:
    reason = request.POST.get("reason", "")
    with told_on_page(request):
        filed = actions.file_appeal(dossier=desk.dossier, reason=reason, by=user_of(request), at=timezone.now())
        said = _("The appeal went to %(body)s, which answers by %(day)s.")
        messages.success(request, said % {"body": filed.unit.name, "day": filed.due_on.strftime("%d/%m/%Y")})
    return redirect(desk.page_url)


def _save(request: HttpRequest, desk: Desk) -> HttpResponse:
    forms = _forms(desk.dossier, request)
    are_valid = [form.is_valid() for form in forms]
    if not all(are_valid):
        messages.error(request, _("Nothing was saved yet: look at the marked indicators."))
        return _show(request, desk, forms)
    with told_on_page(request):
        entries = [form.entry() for form in forms]
        actions.save_own(dossier=desk.dossier, entries=entries, by=user_of(request), at=timezone.now())
        if "submit" in request.POST:
            return redirect(desk.confirm_url)
        saved_at = timezone.localtime().strftime("%H:%M")
        messages.success(request, _("Everything was saved at %(time)s.") % {"time": saved_at})
        return redirect(desk.page_url)
    return _show(request, desk, forms)


def _forms(dossier: Dossier, request: HttpRequest | None) -> list[OwnRowForm]:
    own = list(Evidence.objects.for_person_year(dossier.person, dossier.year))
    data = request.POST if request is not None else None
    return [OwnRowForm(data, score=score, criteria=dossier.criteria_set, own=own) for score in dossier.scores.all()]


def _show(request: HttpRequest, desk: Desk, forms: list[OwnRowForm]) -> HttpResponse:
    dossier = desk.dossier
    rows = sheet.rows_of(dossier)
    for row, form in zip(rows, forms, strict=False):
        row.form, row.save_url = form, desk.save_url(form.number)
    context = {
        "desk": desk,
        "dossier": dossier,
        "rows": rows,
        "cells": sheet.strip_cells(dossier),
        "stations": sheet.stations(dossier),
        "problems": sheet.problems(rows),
        "returned": sheet.last_return(dossier),
        "is_writing": bool(forms),
        "last_day": actions.last_day(dossier.unit, dossier.year),
        "appeals": list(dossier.appeals.all()),
        "appealable_until": actions.appealable_until(dossier, timezone.now()),
        "breadcrumbs": desk.trail(),
        **_progress(dossier),
    }
    return render(request, "dossiers/self_assessment.html", context)


def _progress(dossier: Dossier) -> dict[str, Any]:
    scored = [score for score in dossier.scores.all() if score.self_points is not None]
    return {"scored": len(scored), "count": len(dossier.scores.all()), "total": sheet.own_total(dossier)}


def _missing(dossier: Dossier) -> dict[str, Any]:
    scores = list(dossier.scores.all())
    criteria = dossier.criteria_set
    points = {score.indicator.number: score.self_points for score in scores}
    verdict = judge(points, criteria.threshold, criteria.floor, points)
    names = {score.indicator.number: score.indicator.name for score in scores}
    bare = [score for score in scores if not score.self_note and not score.evidence.all() and score.self_points]
    return {
        "verdict": verdict,
        "unscored": [score for score in scores if score.self_points is None],
        "shortfalls": reason_texts([reason for reason in verdict.reasons if reason.kind != "missing"], names),
        "bare": bare,
        "first_step": dossier.chain.steps.all()[0] if dossier.chain.steps.all() else None,
        "last_day": actions.last_day(dossier.unit, dossier.year),
        "total": verdict.total,
    }
