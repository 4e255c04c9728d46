"""A member's side of the code: scan or type it, sign in if need be, press one button."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_ratelimit.core import is_ratelimited

from learning.evidence import actions
from learning.evidence.actions import RecordRefusedError
from learning.evidence.actions.sessions import DOORS_CLOSE, DOORS_OPEN
from learning.evidence.codes import is_current, session_of, session_of_ticket, ticket_for
from learning.evidence.forms.sessions import CodeForm
from learning.evidence.models import Session
from learning.evidence.views.trails import trail
from membership.admission import person_of, user_of

TYPING_RATE = "20/m"


@require_safe
@never_cache
def scan(request: HttpRequest, session_id: uuid.UUID, code: str) -> HttpResponse:
    """The code is looked at before anyone signs in, for that may take longer than it lives."""
    if not is_current(session_id, code, timezone.now()):
        return render(request, "evidence/late.html", status=410)
    return redirect("evidence:attend", ticket_for(session_id))


@login_required
@never_cache
def check_in(request: HttpRequest) -> HttpResponse:
    """For who cannot scan: types the digits."""
    person_of(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_ratelimited(request, group="evidence.check_in", key="user", rate=TYPING_RATE, increment=True):
            form.add_error("code", _("Too many tries. Wait a minute."))
        elif found := _session_showing(form.cleaned_data["code"]):
            return redirect("evidence:attend", ticket_for(found))
        else:
            form.add_error("code", _("No session shows this code now. Look at the screen again: it changes."))
    context = {"form": form, "breadcrumbs": trail((_("Check in"), ""))}
    return render(request, "evidence/check_in.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
def attend(request: HttpRequest, ticket: str) -> HttpResponse:
    person_of(request)
    key = session_of_ticket(ticket)
    session = Session.objects.filter(pk=key).select_related("unit").first() if key else None
    if session is None:
        return render(request, "evidence/late.html", status=410)
    if request.method == "POST":
        return _attended(request, session, ticket)
    context = {"session": session, "breadcrumbs": trail((_("Check in"), ""))}
    return render(request, "evidence/attend.html", context)


def _attended(request: HttpRequest, session: Session, ticket: str) -> HttpResponse:
    try:
        actions.check_in(ticket=ticket, by=user_of(request), at=timezone.now())
    except RecordRefusedError:
        return render(request, "evidence/late.html", status=410)
    messages.success(request, _("You are checked in to “%(title)s”.") % {"title": session.title})
    return redirect("evidence:mine")


def _session_showing(code: str) -> uuid.UUID | None:
    now = timezone.now()
    open_now = Session.objects.on_at(now, DOORS_OPEN, DOORS_CLOSE).values_list("pk", flat=True)
    return session_of(code, open_now, now)
