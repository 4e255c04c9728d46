"""Official papers of a decision and its meetings, and all its certificates in one file."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from evaluation.dossiers.actions import paper_token
from evaluation.dossiers.models import Dossier, Meeting
from evaluation.recognition import actions
from evaluation.recognition.models import Decision, DecisionLine, PrintRun
from evaluation.recognition.papers.issuers import association_beneath
from evaluation.recognition.papers.sheets import self_assessment
from evaluation.recognition.papers.texts import decision_paper, list_paper, petition
from evaluation.recognition.papers.texts import minutes as minutes_of
from evaluation.recognition.tasks import print_certificates
from interface.refusals import told_on_page
from membership.admission import admit, private_page, private_post, user_of
from membership.models import Unit
from membership.policy import Action
from papers.files import paper_response, qr_of
from papers.paper import Paper

PAPERS: dict[str, Callable[[Decision, list[DecisionLine], Unit | None], Paper]] = {
    "to-trinh": petition,
    "danh-sach": lambda decision, lines, association: list_paper(decision, lines),
    "quyet-dinh": decision_paper,
}


@private_page
def paper(request: HttpRequest, pk: int, name: str, kind: str) -> HttpResponse:
    """tờ trình, danh sách or quyết định, as PDF or .docx."""
    decision = _whole(request, pk)
    file_name = f"{name}-{decision.year}-{decision.pk}"
    if decision.paper_sha256 and name != "to-trinh":
        return _as_issued(decision, name, file_name, kind)
    lines = list(DecisionLine.objects.for_papers(decision))
    return paper_response(PAPERS[name](decision, lines, association_beneath(decision.unit)), file_name, kind)


def _as_issued(decision: Decision, name: str, file_name: str, kind: str) -> HttpResponse:
    """Exactly what was drawn when it was issued, with the list in it; nothing else is drawn of it any more."""
    if name != "quyet-dinh" or kind != "pdf" or not decision.paper:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{file_name}.pdf"', "X-Robots-Tag": "noindex"}
    with decision.paper.open("rb") as kept:
        return HttpResponse(kept.read(), content_type="application/pdf", headers=headers)


@private_page
def minutes(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Biên bản of a body's meeting."""
    meeting = get_object_or_404(Meeting.objects.for_page(user_of(request)), pk=pk)
    paper = minutes_of(meeting, Dossier.objects.totals_at(meeting))
    return paper_response(paper, f"bien-ban-{meeting.year}-{meeting.pk}", kind)


@private_page
def sheet(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Phiếu tự đánh giá, for the person and for who writes for them."""
    user = user_of(request)
    assisted = Dossier.objects.assistable_by(user)
    readable = Dossier.objects.counting().for_own_page()
    dossier = get_object_or_404(readable.filter(Q(person=user.person_id) | Q(pk__in=assisted.values("pk"))), pk=pk)
    address = request.build_absolute_uri(reverse("dossiers:scan", args=[paper_token(dossier)]))
    paper = self_assessment(dossier, qr_of(address))
    return paper_response(paper, f"phieu-tu-danh-gia-{dossier.year}-{dossier.pk}", kind)


@private_post
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the file with all certificates."""
    decision = _whole(request, pk)
    with told_on_page(request):
        run = actions.order_certificates(decision=decision, by=user_of(request), at=timezone.now())
        transaction.on_commit(partial(print_certificates.enqueue, run.pk))
    return redirect(f"{decision.get_absolute_url()}#papers")


@private_page
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the decision's page that tells how far the file is; the whole page without htmx."""
    decision = _whole(request, pk)
    if "HX-Request" not in request.headers:
        return redirect(f"{decision.get_absolute_url()}#papers")
    return render(request, "recognition/print_run.html", printing_of(decision))


@private_page
def certificates(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file with all certificates."""
    run = PrintRun.objects.latest_of(_whole(request, pk))
    if run is None or not run.file:
        raise Http404
    name = f"giay-cong-nhan-{run.decision_id}.pdf"
    return FileResponse(run.file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")


def printing_of(decision: Decision) -> dict[str, Any]:
    """What the part of the page about printing shows."""
    names = {"progress_address": "print_progress", "file_address": "certificates", "order_address": "print"}
    addresses = {key: reverse(f"recognition:{name}", args=[decision.pk]) for key, name in names.items()}
    return addresses | {"run": PrintRun.objects.latest_of(decision)}


def _whole(request: HttpRequest, pk: int) -> Decision:
    """Papers hold the whole list: they are for those who may look into the deciding unit, not a chapter in it."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user).select_related("unit"), pk=pk)
    admit(request, Action.VIEW_DOSSIERS, decision.unit)
    return decision
