"""A citizen's own page: what they proposed and what came of it; and what was answered, for everybody."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_ratelimit.decorators import ratelimit

from interface.refusals import told_in_form, told_on_page
from membership.admission import person_of, private_form, private_post, user_of
from movement import actions
from movement.forms.proposals import ProposalForm
from movement.models import Proposal

PER_PAGE = 20


@ratelimit(group="movement.propose", key="user", rate="20/d", method="POST", block=True)
@private_form
def own(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in_form(form, denied=""):
            actions.propose(person=person, by=user_of(request), at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("It is sent. You read here what becomes of it."))
            return redirect("movement:own")
    context = {
        "form": form,
        "proposals": Proposal.objects.for_own(person),
        "breadcrumbs": [(_("My proposals"), "")],
    }
    return render(request, "movement/own.html", context, status=422 if form.errors else 200)


@private_post
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal.objects.of_person(person_of(request)), pk=pk)
    with told_on_page(request):
        actions.withdraw(proposal=proposal, by=user_of(request), at=timezone.now())
        messages.success(request, _("It is taken back."))
    return redirect("movement:own")


@require_safe
@never_cache
def answered(request: HttpRequest) -> HttpResponse:
    page = Paginator(Proposal.objects.for_public(), PER_PAGE).get_page(request.GET.get("trang"))
    context = {"page": page, "breadcrumbs": [(_("Answered proposals"), "")]}
    return render(request, "movement/answered.html", context)
