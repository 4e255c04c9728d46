"""Where a dossier is written: at the person's own desk, or at an officer's who writes for them. Same sheet, same
actions, other addresses."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.criteria.explanation import reason_texts
from evaluation.criteria.scoring import judge
from evaluation.dossiers import actions, sheet
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.views.trails import Trail, assist_trail, own_trail
from evaluation.dossiers.worth import group_since
from interface.refusals import told_on_page
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

    @property
    def withdraw_url(self) -> str:
        return self._url("withdraw", "assist_withdraw")

    def indicator_url(self, number: int) -> str:
        return self._url("indicator", "assist_indicator", number)

    def trail(self, last: str = "") -> Trail:
        return assist_trail(self.dossier, last) if self.is_assisting else own_trail(self.dossier.year, last)

    def _url(self, own: str, assisting: str, *more: int) -> str:
        name, key = (assisting, self.dossier.pk) if self.is_assisting else (own, self.dossier.year)
        return reverse(f"dossiers:{name}", args=[key, *more])


def page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All ten: while it is being written each leads to its own page, afterwards there is all that stands there."""
    dossier, now = desk.dossier, timezone.now()
    rows = sheet.rows_of(dossier)
    for row in rows:
        row.url = desk.indicator_url(row.number)
    context = {
        "desk": desk,
        "dossier": dossier,
        "rows": rows,
        "group_since": group_since(dossier, timezone.localdate(now)),
        "cells": sheet.strip_cells(dossier),
        "stations": sheet.stations(dossier),
        "returned": sheet.last_return(dossier),
        "is_writing": dossier.is_writable,
        "first_open": next((row for row in rows if row.score.self_points is None), None),
        "last_day": actions.last_day(dossier.unit, dossier.year),
        "against_withdrawing": actions.against_withdrawing(dossier, now),
        "appeals": list(dossier.appeals.all()),
        "appealable_until": actions.appealable_until(dossier, now),
        "breadcrumbs": desk.trail(),
        **progress(dossier),
    }
    return render(request, "dossiers/self_assessment.html", context)


def handing_in(request: HttpRequest, desk: Desk, said: str) -> HttpResponse:
    """What is missing and what is still allowed, before handing in; ``said`` when it was done."""
    if not desk.dossier.is_writable:
        return redirect(desk.page_url)
    if request.method == "POST":
        with told_on_page(request):
            actions.submit(dossier=desk.dossier, by=user_of(request), at=timezone.now())
            messages.success(request, said)
            return redirect(desk.page_url)
    context = {"desk": desk, "dossier": desk.dossier, "breadcrumbs": desk.trail(_("Hand in")), **_missing(desk)}
    return render(request, "dossiers/confirm.html", context)


def appeal(request: HttpRequest, desk: Desk) -> HttpResponse:
    reason = request.POST.get("reason", "")
    with told_on_page(request):
        filed = actions.file_appeal(dossier=desk.dossier, reason=reason, by=user_of(request), at=timezone.now())
        said = _("The appeal went to %(body)s, which answers by %(day)s.")
        messages.success(request, said % {"body": filed.unit.name, "day": filed.due_on.strftime("%d/%m/%Y")})
    return redirect(desk.page_url)


def withdraw(request: HttpRequest, desk: Desk) -> HttpResponse:
    with told_on_page(request):
        actions.withdraw(dossier=desk.dossier, by=user_of(request), at=timezone.now())
        said = _("The dossier is back with you; nobody has looked at it. Change what you like, then hand it in again.")
        messages.success(request, said)
    return redirect(desk.page_url)


def progress(dossier: Dossier) -> dict[str, Any]:
    scored = [score for score in dossier.scores.all() if score.self_points is not None]
    return {"scored": len(scored), "count": len(dossier.scores.all()), "total": sheet.own_total(dossier)}


def _missing(desk: Desk) -> dict[str, Any]:
    dossier = desk.dossier
    scores = list(dossier.scores.all())
    criteria = dossier.criteria_set
    points = {score.indicator.number: score.self_points for score in scores}
    verdict = judge(points, criteria.threshold, criteria.floor, points)
    names = {score.indicator.number: score.indicator.name for score in scores}
    bare = [score for score in scores if not score.self_note and not score.evidence.all() and score.self_points]
    return {
        "verdict": verdict,
        "unscored": [
            (score, desk.indicator_url(score.indicator.number)) for score in scores if score.self_points is None
        ],
        "shortfalls": reason_texts([reason for reason in verdict.reasons if reason.kind != "missing"], names),
        "bare": [(score, desk.indicator_url(score.indicator.number)) for score in bare],
        "first_step": dossier.chain.steps.all()[0] if dossier.chain.steps.all() else None,
        "last_day": actions.last_day(dossier.unit, dossier.year),
        "total": verdict.total,
    }
