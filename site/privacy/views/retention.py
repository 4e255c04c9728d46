"""What has been kept long enough: seen first, then cleared by a press or every night."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from interface.refusals import told_in_form, told_on_page
from membership.admission import admit, private_form, private_post
from membership.policy import Action
from privacy import actions
from privacy.forms import ClearingForm, DaysForm
from privacy.retention import due_at
from privacy.views.requests import trail


@private_form
def page(request: HttpRequest) -> HttpResponse:
    user, due = admit(request, Action.PROTECT_DATA), due_at(timezone.now())
    form = DaysForm(request.POST or None, due=due)
    if form.is_valid():
        with told_in_form(form):
            actions.keep_days(days=form.cleaned_data, by=user, at=timezone.now())
            messages.success(
                request, gettext("Kept. Where days have changed, look at what is due before it is cleared.")
            )
            return redirect("privacy:retention")
    context = {"form": form, "due": due, "breadcrumbs": trail(gettext("How long data is kept"))}
    return render(request, "privacy/retention.html", context, status=422 if form.errors else 200)


@private_post
@login_required
def carry_out(request: HttpRequest) -> HttpResponse:
    user, form = admit(request, Action.PROTECT_DATA), ClearingForm(request.POST)
    if not form.is_valid():
        raise Http404
    sent = form.cleaned_data
    press: dict[str, Any] = {"clearing": sent["name"], "days": sent["days"], "by": user, "at": timezone.now()}
    with told_on_page(request, denied=""):
        messages.success(request, _done(sent["act"], press))
    return redirect("privacy:retention")


def _done(act: str, press: dict[str, Any]) -> str:
    if act == "clear":
        count = actions.clear(**press)
        return ngettext("%(count)d entry cleared.", "%(count)d entries cleared.", count) % {"count": count}
    if act == "confirm":
        actions.confirm(**press)
        return gettext("What is due is cleared every night from now on.")
    actions.unconfirm(**press)
    return gettext("Nothing of it is cleared at night any more.")
