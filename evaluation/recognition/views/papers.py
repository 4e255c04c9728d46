"""Official papers of a decision and its meetings, and all its certificates in one file."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from evaluation.dossiers.models import Dossier, Meeting
from evaluation.recognition import actions
from evaluation.recognition.models import Decision, DecisionLine, PrintRun
from evaluation.recognition.papers.download import paper_response
from evaluation.recognition.papers.minutes import minutes as minutes_of
from evaluation.recognition.papers.of_decisions import decision_paper, list_paper, petition
from evaluation.recognition.papers.paper import Paper
from evaluation.recognition.tasks import print_certificates
from membership.admission import admit, user_of
from membership.models import Unit, UnitKind
from membership.policy import Action

PAPERS: dict[str, Callable[[Decision, list[DecisionLine], Unit | None], Paper]] = {
    "to-trinh": petition,
    "danh-sach": lambda decision, lines, association: list_paper(decision, lines),
    "quyet-dinh": decision_paper,
}


@require_safe
@login_required
@never_cache
def paper(request: HttpRequest, pk: int, name: str, kind: str) -> HttpResponse:
    """tờ trình, danh sách or quyết định, as PDF or .docx."""
    decision = _whole(request, pk)
    lines = list(DecisionLine.objects.for_papers(decision))
    association = Unit.objects.filter(path__startswith=decision.unit.path, kind=UnitKind.ASSOCIATION).first()
    return paper_response(PAPERS[name](decision, lines, association), f"{name}-{decision.year}-{decision.pk}", kind)


@require_safe
@login_required
@never_cache
def minutes(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Biên bản of a body's meeting."""
    meeting = get_object_or_404(Meeting.objects.for_page(user_of(request)), pk=pk)
    paper = minutes_of(meeting, Dossier.objects.totals_at(meeting))
    return paper_response(paper, f"bien-ban-{meeting.year}-{meeting.pk}", kind)


@require_POST
@login_required
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the file with all certificates."""
    decision = _whole(request, pk)
    try:
        run = actions.order_certificates(decision=decision, by=user_of(request), at=timezone.now())
        transaction.on_commit(partial(print_certificates.enqueue, run.pk))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{decision.get_absolute_url()}#papers")


@require_safe
@login_required
@never_cache
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the decision's page that tells how far the file is; the whole page without htmx."""
    decision = _whole(request, pk)
    if "HX-Request" not in request.headers:
        return redirect(f"{decision.get_absolute_url()}#papers")
    context = {"decision": decision, "run": PrintRun.objects.latest_of(decision)}
    return render(request, "recognition/print_run.html", context)


@require_safe
@login_required
@never_cache
def certificates(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file with all certificates."""
    run = PrintRun.objects.latest_of(_whole(request, pk))
    if run is None or not run.file:
        raise Http404
    name = f"giay-cong-nhan-{run.decision_id}.pdf"
    return FileResponse(run.file.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")


def _whole(request: HttpRequest, pk: int) -> Decision:
    """Papers hold the whole list: they are for those who may look into the deciding unit, not a chapter in it."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user).select_related("unit"), pk=pk)
    admit(request, Action.VIEW_DOSSIERS, decision.unit)
    return decision
