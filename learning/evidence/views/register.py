"""The public register of checkpoints: read it, take it along, check what was kept against it."""

import json
from pathlib import Path

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.evidence.forms import CheckForm, CompareForm
from learning.evidence.ledger import verifier
from learning.evidence.ledger.log import consistency_proof, signed
from learning.evidence.models import Checkpoint, LedgerKey
from learning.evidence.pages.sealed import Finding, compared, looked_up

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    form = CheckForm(request.POST or None)
    finding: Finding | None = None
    if request.method == "POST" and form.is_valid():
        finding = looked_up(form.cleaned_data["text"])
    comparing = CompareForm(request.GET if "cu" in request.GET and request.method != "POST" else None)
    if comparing.is_bound and comparing.is_valid():
        finding = compared(comparing.cleaned_data["cu"], comparing.cleaned_data["moi"])
    page = Paginator(Checkpoint.objects.for_register(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page, "form": form, "comparing": comparing, "finding": finding,
        "keys": LedgerKey.objects.order_by("-since"), "breadcrumbs": [(_("Register of seals"), "")],
    }  # fmt: skip
    return render(request, "evidence/register.html", context)


@require_safe
@never_cache
def checkpoint(request: HttpRequest, number: int) -> HttpResponse:
    """One checkpoint as it is signed."""
    found = get_object_or_404(Checkpoint, pk=number)
    return HttpResponse(signed(found).text, content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def consistency(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """The proof that one checkpoint continues another, to be checked anywhere."""
    proof = consistency_proof(
        get_object_or_404(Checkpoint, pk=min(old, new)), get_object_or_404(Checkpoint, pk=max(old, new))
    )
    return HttpResponse(json.dumps(proof, indent=2), content_type="application/json")


@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """The checking program itself, to be read and run elsewhere."""
    content = Path(verifier.__file__).read_text(encoding="utf-8")
    headers = {"Content-Disposition": 'attachment; filename="verifier.py"'}
    return HttpResponse(content, content_type="text/x-python; charset=utf-8", headers=headers)
