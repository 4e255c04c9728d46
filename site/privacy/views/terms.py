"""The days and hours that the law gives, and the province's public holidays: data, not code."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from membership.admission import admit, private_form
from membership.policy import Action
from privacy.actions import keep_terms
from privacy.forms import TermsForm
from privacy.models import Term
from privacy.views.requests import trail


@private_form
def terms(request: HttpRequest) -> HttpResponse:
    user = admit(request, Action.PROTECT_DATA)
    form = TermsForm(request.POST or None, terms=list(Term.objects.all()))
    if form.is_valid():
        keep_terms(numbers=form.numbers(), holidays=form.cleaned_data["holidays"], by=user, at=timezone.now())
        messages.success(request, gettext("Kept. Requests that have come before keep their days."))
        return redirect("privacy:terms")
    context = {"form": form, "breadcrumbs": trail(gettext("Days and holidays"))}
    return render(request, "privacy/terms.html", context, status=422 if form.errors else 200)
