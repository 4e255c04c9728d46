"""The person's own side: years, self-assessment, handing in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from evaluation.criteria.explanation import reason_texts
from evaluation.criteria.scoring import judge
from evaluation.dossiers import actions, sheet
from evaluation.dossiers.forms import OwnRowForm
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.views.trails import own_trail
from learning.evidence.models import Evidence
from membership.models import Person, User

FIRST_YEAR = 2022  # the national criteria are of that year


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    dossiers = list(Dossier.objects.for_self(_person(request)))
    year = timezone.localdate().year
    is_open = any(dossier.year == year for dossier in dossiers)
    context = {"dossiers": dossiers, "year": year, "is_open": is_open, "breadcrumbs": own_trail()}
    return render(request, "dossiers/mine.html", context)


@login_required
def self_assessment(request: HttpRequest, year: int) -> HttpResponse:
    """GET shows; POST opens the year's dossier, saves all ten, or saves and goes on to handing in."""
    person, dossier = _person(request), _own(request, year)
    if request.method == "POST" and dossier is None:
        return _open(request, person, year)
    if dossier is None:
        return render(request, "dossiers/start.html", {"year": year, "breadcrumbs": own_trail(year)})
    if request.method == "POST":
        return _save(request, dossier)
    return _show(request, dossier, _forms(dossier, None) if dossier.is_writable else [])


@login_required
@require_POST
def save_indicator(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One indicator as it is changed; answers with a line that says when it was saved."""
    dossier = _own(request, year)
    form = next((form for form in _forms(dossier, request) if form.number == number), None) if dossier else None
    if dossier is None or form is None:
        raise Http404
    context: dict[str, Any] = {"number": number}
    try:
        if form.is_valid():
            actions.save_own(dossier=dossier, entries=[form.entry()], by=_user(request), at=timezone.now())
            dossier = get_object_or_404(Dossier.objects.for_own_page(), pk=dossier.pk)
            context |= {"saved_at": timezone.localtime(), "dossier": dossier, **_progress(dossier)}
        else:
            context["error"] = _("Not saved: look at this indicator again.")
    except ValidationError as refused:
        context["error"] = " ".join(refused.messages)
    return render(request, "dossiers/includes/saved.html", context)


@login_required
def confirm(request: HttpRequest, year: int) -> HttpResponse:
    """What is missing and what is still allowed, before handing in."""
    dossier = _own(request, year)
    if dossier is None or not dossier.is_writable:
        return redirect("dossiers:self_assessment", year=year)
    if request.method == "POST":
        try:
            actions.submit(dossier=dossier, by=_user(request), at=timezone.now())
            messages.success(request, _("Your dossier has been handed in."))
            return redirect("dossiers:self_assessment", year=year)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    context = {"dossier": dossier, "breadcrumbs": own_trail(year, _("Hand in")), **_missing(dossier)}
    return render(request, "dossiers/confirm.html", context)


def _person(request: HttpRequest) -> Person:
    person = _user(request).person
    if person is None:
        raise Http404
    return person


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def _own(request: HttpRequest, year: int) -> Dossier | None:
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    return Dossier.objects.counting().for_own_page().filter(person=_person(request), year=year).first()


def _open(request: HttpRequest, person: Person, year: int) -> HttpResponse:
    try:
        actions.open_dossier(person=person, year=year, by=_user(request), at=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("dossiers:self_assessment", year=year)


def _save(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    forms = _forms(dossier, request)
    are_valid = [form.is_valid() for form in forms]
    if not all(are_valid):
        messages.error(request, _("Nothing was saved yet: look at the marked indicators."))
        return _show(request, dossier, forms)
    try:
        entries = [form.entry() for form in forms]
        actions.save_own(dossier=dossier, entries=entries, by=_user(request), at=timezone.now())
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return _show(request, dossier, forms)
    if "submit" in request.POST:
        return redirect("dossiers:confirm", year=dossier.year)
    saved_at = timezone.localtime().strftime("%H:%M")
    messages.success(request, _("Everything was saved at %(time)s.") % {"time": saved_at})
    return redirect("dossiers:self_assessment", year=dossier.year)


def _forms(dossier: Dossier, request: HttpRequest | None) -> list[OwnRowForm]:
    own = list(Evidence.objects.for_person_year(dossier.person, dossier.year))
    data = request.POST if request is not None else None
    return [OwnRowForm(data, score=score, criteria=dossier.criteria_set, own=own) for score in dossier.scores.all()]


def _show(request: HttpRequest, dossier: Dossier, forms: list[OwnRowForm]) -> HttpResponse:
    rows = sheet.rows_of(dossier)
    for row, form in zip(rows, forms, strict=False):
        row.form = form
    context = {
        "dossier": dossier,
        "rows": rows,
        "cells": sheet.strip_cells(dossier),
        "stations": sheet.stations(dossier),
        "problems": sheet.problems(rows),
        "returned": sheet.last_return(dossier),
        "is_writing": bool(forms),
        "breadcrumbs": own_trail(dossier.year),
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
        "total": verdict.total,
    }
