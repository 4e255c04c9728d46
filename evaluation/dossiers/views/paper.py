"""The printed form: phiếu tự đánh giá, with a QR code that brings a paper copy back to its dossier."""

import io

import segno
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from evaluation.dossiers import sheet
from evaluation.dossiers.actions import confirmation_code, dossier_of_paper, paper_token
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.views.assist import assisting_desk
from evaluation.dossiers.views.desk import Desk
from evaluation.dossiers.views.own import own_dossier
from membership.admission import user_of
from membership.policy import Action, may


@login_required
def own(request: HttpRequest, year: int) -> HttpResponse:
    dossier = own_dossier(request, year)
    if dossier is None:
        raise Http404
    return _paper(request, Desk(dossier, is_assisting=False))


@login_required
def assisted(request: HttpRequest, pk: int) -> HttpResponse:
    return _paper(request, assisting_desk(request, pk))


def code_image(request: HttpRequest, token: str) -> HttpResponse:
    """The QR code of a form's address, as SVG: the page's policy allows no data address. It tells nothing that the
    token in its address does not."""
    _key(token)
    address = request.build_absolute_uri(reverse("dossiers:scan", args=[token]))
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", scale=4, border=2)
    return HttpResponse(
        out.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=86400"}
    )


@login_required
def scan(request: HttpRequest, token: str) -> HttpResponse:
    """Leads whoever holds the paper to the dossier, each to the page on which they may do something."""
    user, key = user_of(request), _key(token)
    dossier = get_object_or_404(Dossier.objects.counting().select_related("unit"), pk=key)
    if dossier.person_id == user.person_id:
        return redirect("dossiers:self_assessment", year=dossier.year)
    if Dossier.objects.assistable_by(user).filter(pk=key).exists() and dossier.is_writable:
        return redirect("dossiers:assist_write", pk=key)
    if not may(user, Action.VIEW_DOSSIERS) or not Dossier.objects.visible_to(user).filter(pk=key).exists():
        raise Http404
    return redirect("dossiers:review", pk=key)


def _paper(request: HttpRequest, desk: Desk) -> HttpResponse:
    dossier = desk.dossier
    context = {
        "desk": desk,
        "dossier": dossier,
        "rows": sheet.rows_of(dossier),
        "total": sheet.own_total(dossier),
        "token": paper_token(dossier),
        "code": confirmation_code(dossier) if dossier.is_assisted and dossier.is_writable else "",
    }
    return render(request, "dossiers/paper.html", context)


def _key(token: str) -> int:
    key = dossier_of_paper(token)
    if key is None:
        raise Http404
    return key
