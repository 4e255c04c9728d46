"""A person's own evidence: read it, add to it, correct it, take it back, prove it."""

import json
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from learning.evidence import actions
from learning.evidence.declaring import DeclarationForm, problem
from learning.evidence.forms import WithdrawalForm
from learning.evidence.ledger.log import inclusion_proof
from learning.evidence.models import Evidence
from learning.evidence.pages.sealed import sealed
from learning.evidence.pages.sentences import withdrawn
from learning.evidence.pages.timeline import timeline
from learning.evidence.views.trails import trail
from membership.admission import person_of, private_page, user_of
from membership.models import Person
from membership.policy import Action, may

# The list of courses is a page of Wagtail's, so its address has no name; teaching stands beside evidence.
COURSES_ADDRESS = "/khoa-hoc/"


@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    this_year = timezone.localdate().year
    years = sorted({this_year, *Evidence.objects.years(person)}, reverse=True)
    asked = request.GET.get("nam", "")
    year = int(asked) if asked in {str(known) for known in years} else this_year
    context = {
        "timeline": timeline(person, year),
        "withdrawn": withdrawn(person, year),
        "years": years,
        "year": year,
        "courses_url": COURSES_ADDRESS,
        "breadcrumbs": trail(),
        "may_verify": may(request.user, Action.VERIFY_EVIDENCE),
        "may_organise": may(request.user, Action.ORGANISE),
        "may_assist": may(request.user, Action.ASSIST),
    }
    return render(request, "evidence/mine.html", context)


@login_required
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if request.method != "POST":
        return _form(request, DeclarationForm())
    form = DeclarationForm(request.POST, request.FILES)
    if status := problem(request, form):
        return _form(request, form, status=status)
    evidence = actions.declare(person=person, by=user_of(request), at=timezone.now(), **form.fact_values())
    messages.success(request, _("Saved: “%(title)s” is among your evidence.") % {"title": evidence.title})
    return _to_year_of(evidence)


@login_required
@never_cache
def correct(request: HttpRequest, evidence_id: uuid.UUID) -> HttpResponse:
    evidence = _changeable(person_of(request), evidence_id)
    if request.method != "POST":
        return _form(request, DeclarationForm.of(evidence), evidence=evidence)
    form = DeclarationForm(request.POST, request.FILES)
    if status := problem(request, form):
        return _form(request, form, status=status, evidence=evidence)
    corrected = actions.correct(evidence=evidence, by=user_of(request), at=timezone.now(), **form.fact_values())
    messages.success(request, _("Corrected. What stood there before is kept as its history."))
    return _to_year_of(corrected)


@login_required
@never_cache
def withdraw(request: HttpRequest, evidence_id: uuid.UUID) -> HttpResponse:
    evidence = _own_word(person_of(request), evidence_id)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw(evidence=evidence, reason=reason, by=user_of(request), at=timezone.now())
        messages.success(request, _("Taken back: “%(title)s” counts no more.") % {"title": evidence.title})
        return _to_year_of(evidence)
    steps = trail((_("Take evidence back"), ""))
    return render(request, "evidence/withdraw.html", {"form": form, "evidence": evidence, "breadcrumbs": steps})


@private_page
def proof(request: HttpRequest, evidence_id: uuid.UUID) -> HttpResponse:
    evidence = _own(person_of(request), evidence_id)
    context = {"evidence": evidence, "sealed": sealed(evidence), "breadcrumbs": trail((_("How it is sealed"), ""))}
    return render(request, "evidence/proof.html", context)


@private_page
def proof_file(request: HttpRequest, evidence_id: uuid.UUID) -> HttpResponse:
    """The proof to take along; it checks without this site."""
    found = inclusion_proof(_own(person_of(request), evidence_id))
    if found is None:
        raise Http404
    content = json.dumps(found, ensure_ascii=False, indent=2)
    name = f"bang-chung-{found['index']}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/json", headers=headers)


def _form(
    request: HttpRequest, form: DeclarationForm, status: int = 200, evidence: Evidence | None = None
) -> HttpResponse:
    title = _("Correct evidence") if evidence else _("Add evidence")
    context = {"form": form, "title": title, "evidence": evidence, "breadcrumbs": trail((title, ""))}
    return render(request, "evidence/add.html", context, status=status)


def _own(person: Person, evidence_id: uuid.UUID) -> Evidence:
    return get_object_or_404(Evidence.objects.prefetch_related("files"), pk=evidence_id, person=person)


def _own_word(person: Person, evidence_id: uuid.UUID) -> Evidence:
    evidence = get_object_or_404(Evidence.objects.standing().select_related("person"), pk=evidence_id, person=person)
    if not evidence.is_own_word:
        raise Http404
    return evidence


def _changeable(person: Person, evidence_id: uuid.UUID) -> Evidence:
    evidence = _own_word(person, evidence_id)
    if not evidence.is_changeable:
        raise Http404
    return evidence


def _to_year_of(evidence: Evidence) -> HttpResponse:
    return redirect(f"{reverse('evidence:mine')}?nam={timezone.localdate(evidence.occurred_at).year}")
