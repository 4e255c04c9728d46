"""Many dossiers on one page: each row gets a word, the form goes once; arrow keys lead from row to row."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.dossiers import actions
from evaluation.dossiers.actions import BatchEntry, BatchResult, Verdict
from evaluation.dossiers.models import Dossier
from evaluation.dossiers.views.clock import opened_now, seconds_since
from evaluation.dossiers.views.trails import office_trail
from membership.actions import log_file_access
from membership.admission import admit
from membership.models import User
from membership.policy import Action

PER_PAGE = 25


@login_required
def batch(request: HttpRequest) -> HttpResponse:
    user = admit(request, Action.REVIEW)
    if request.method != "POST":
        return _show(request, user, {})
    results = _act(request, user)
    _tell(request, results)
    refused = {result.dossier.pk: result for result in results if not result.is_done}
    return _show(request, user, refused) if refused else redirect("dossiers:batch")


def _act(request: HttpRequest, user: User) -> list[BatchResult]:
    entries, at = list(_entries(request, user)), timezone.now()
    for entry in entries:
        log_file_access(user=user, person=entry.dossier.person, what="dossier", at=at)
    return actions.review_batch(entries=entries, by=user, at=at, seconds=seconds_since(request.POST.get("opened", "")))


def _entries(request: HttpRequest, user: User) -> Iterator[BatchEntry]:
    """What was said to those rows that the user may see; the step says whether a dossier has moved on since."""
    said = {
        int(name.removeprefix("verdict-")): Verdict(word)
        for name, word in request.POST.items()
        if name.startswith("verdict-") and name[8:].isdigit() and word in list(Verdict)
    }
    found = Dossier.objects.for_queue(user).filter(pk__in=said).select_related("person").order_by("submitted_at", "pk")
    for dossier in found:
        step = request.POST.get(f"step-{dossier.pk}", "")
        dossier.current_step_id = int(step) if step.isdigit() else None
        yield BatchEntry(dossier, said[dossier.pk], request.POST.get(f"reason-{dossier.pk}", "")[:2000])


def _tell(request: HttpRequest, results: list[BatchResult]) -> None:
    done = sum(result.is_done for result in results)
    refused = len(results) - done
    if done:
        said = ngettext("%(count)s dossier was dealt with.", "%(count)s dossiers were dealt with.", done)
        messages.success(request, said % {"count": done})
    if refused:
        said = ngettext("%(count)s dossier was refused: see its row.", "%(count)s were refused: see the rows.", refused)
        messages.error(request, said % {"count": refused})
    if not results:
        messages.error(request, _("Choose what to do for at least one dossier."))


def _show(request: HttpRequest, user: User, refused: dict[int, BatchResult]) -> HttpResponse:
    waiting = Dossier.objects.takeable_by(user).in_turn().key_list()
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    rows = [_row(dossier, request, refused) for dossier in Dossier.objects.for_rows(list(page), user)]
    context = {
        "page_obj": page,
        "rows": rows,
        "verdicts": [Verdict.FORWARD, Verdict.AGREE, Verdict.RETURN],
        "opened": opened_now(),
        "breadcrumbs": office_trail(_("Batch review")),
    }
    return render(request, "dossiers/batch.html", context)


def _row(dossier: Any, request: HttpRequest, refused: dict[int, BatchResult]) -> dict[str, Any]:
    result = refused.get(dossier.pk)
    return {
        "dossier": dossier,
        "scores": dossier.scores.all(),
        "recognises": dossier.current_step.recognises,
        "refusal": result.refusal if result else "",
        "verdict": str(result.verdict) if result else "",
        "reason": request.POST.get(f"reason-{dossier.pk}", "") if result else "",
    }
