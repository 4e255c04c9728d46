"""The officer's list of certificates that nobody has checked yet."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.evidence import actions
from learning.evidence.forms import RefusalForm
from learning.evidence.models import Evidence
from learning.evidence.pages.sentences import line
from learning.evidence.views.trails import trail
from membership.admission import admit, private_page, private_post, user_of
from membership.policy import Action

PER_PAGE = 10


@private_page
def to_verify(request: HttpRequest) -> HttpResponse:
    admit(request, Action.VERIFY_EVIDENCE)
    return _list(request)


@private_post
def confirm(request: HttpRequest, evidence_id: uuid.UUID) -> HttpResponse:
    evidence = _waiting(request, evidence_id)
    actions.confirm(evidence=evidence, by=user_of(request), at=timezone.now())
    messages.success(request, _("Confirmed: “%(title)s” of %(name)s.") % _named(evidence))
    return redirect("evidence:to_verify")


@private_post
def refuse(request: HttpRequest, evidence_id: uuid.UUID) -> HttpResponse:
    evidence = _waiting(request, evidence_id)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _list(request, refused=evidence, status=422)
    actions.refuse(evidence=evidence, reason=form.cleaned_data["reason"], by=user_of(request), at=timezone.now())
    messages.success(request, _("Not confirmed: “%(title)s” of %(name)s. They read your reason.") % _named(evidence))
    return redirect("evidence:to_verify")


def _list(request: HttpRequest, refused: Evidence | None = None, status: int = 200) -> HttpResponse:
    waiting = Evidence.objects.for_verifying(user_of(request))
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": [line(evidence) for evidence in page],
        "refused": refused,
        "breadcrumbs": trail((_("Certificates to check"), "")),
    }
    return render(request, "evidence/to_verify.html", context, status=status)


def _waiting(request: HttpRequest, evidence_id: uuid.UUID) -> Evidence:
    officer = admit(request, Action.VERIFY_EVIDENCE)
    return get_object_or_404(Evidence.objects.for_verifying(officer), pk=evidence_id)


def _named(evidence: Evidence) -> dict[str, str]:
    return {"title": evidence.title, "name": evidence.person.full_name}
