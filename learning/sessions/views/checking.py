"""The code on the wall, and how who comes checks in by it."""

import uuid

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_ratelimit.core import is_ratelimited

from learning.evidence.actions import RecordRefusedError
from learning.sessions import actions
from learning.sessions.actions.attendance import DOORS_CLOSE, DOORS_OPEN, is_open
from learning.sessions.codes import code_at, is_current, seconds_left, session_of, session_of_ticket, ticket_for
from learning.sessions.forms import CodeForm
from learning.sessions.models import Session
from learning.sessions.views.desk import held_by
from learning.sessions.views.trails import learners_trail, session_trail
from membership.admission import person_of, private_page, user_of

TYPING_RATE = "20/m"


@private_page
def screen(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """For the wall: the code as a picture and in digits; asks for itself again every few seconds."""
    held, now = held_by(request, session_id), timezone.now()
    code = code_at(held.pk, now)
    address = f"{settings.BASE_URL}{reverse('sessions:scan', args=[held.pk, code])}"
    context = {
        "session": held,
        "digits": f"{code[:4]} {code[4:]}",
        "picture": segno.make(address, error="m").svg_data_uri(scale=8, border=2, light="white"),
        "seconds": seconds_left(now),
        "typed_at": settings.BASE_URL.partition("//")[2] + reverse("sessions:check_in"),
        "breadcrumbs": session_trail((held.title, reverse("sessions:session", args=[held.pk])), (_("Code"), "")),
    }
    return render(request, "sessions/screen.html", context)


@require_safe
@never_cache
def scan(request: HttpRequest, session_id: uuid.UUID, code: str) -> HttpResponse:
    """The code is looked at before anyone signs in, for that may take longer than it lives."""
    if not is_current(session_id, code, timezone.now()):
        return render(request, "sessions/late.html", status=410)
    return redirect("sessions:attend", ticket_for(session_id))


@login_required
@never_cache
def check_in(request: HttpRequest) -> HttpResponse:
    """For who cannot scan: types the digits."""
    person_of(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if is_ratelimited(request, group="sessions.check_in", key="user", rate=TYPING_RATE, increment=True):
            form.add_error("code", _("Too many tries. Wait a minute."))
        elif found := _session_showing(form.cleaned_data["code"]):
            return redirect("sessions:attend", ticket_for(found))
        else:
            form.add_error("code", _("No session shows this code now. Look at the screen again: it changes."))
    context = {"form": form, "breadcrumbs": learners_trail((_("Check in"), ""))}
    return render(request, "sessions/check_in.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
def attend(request: HttpRequest, ticket: str) -> HttpResponse:
    person_of(request)
    key = session_of_ticket(ticket)
    session = Session.objects.filter(pk=key).select_related("unit").with_days().first() if key else None
    if session is None:
        return render(request, "sessions/late.html", status=410)
    if request.method == "POST":
        return _attended(request, session, ticket)
    context = {"session": session, "breadcrumbs": learners_trail((_("Check in"), ""))}
    return render(request, "sessions/attend.html", context)


def _attended(request: HttpRequest, session: Session, ticket: str) -> HttpResponse:
    try:
        actions.check_in(ticket=ticket, by=user_of(request), at=timezone.now())
    except RecordRefusedError:
        return render(request, "sessions/late.html", status=410)
    messages.success(request, _("You are checked in to “%(title)s”.") % {"title": session.title})
    return redirect("evidence:mine")


def _session_showing(code: str) -> uuid.UUID | None:
    now = timezone.now()
    around = Session.objects.on_at(now, DOORS_OPEN, DOORS_CLOSE)
    return session_of(code, [one.pk for one in around if is_open(one, now)], now)
