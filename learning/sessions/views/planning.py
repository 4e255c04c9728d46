"""A session before it is held: planned, changed, announced, and who answered."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from interface.tables import Column, Empty, Table, TableView
from learning.sessions import actions
from learning.sessions.actions import SessionRefusedError
from learning.sessions.forms import ChangeForm, RepeatForm, SessionForm
from learning.sessions.models import Session
from learning.sessions.places import coming_and_waiting
from learning.sessions.recurrence import Every
from learning.sessions.states import STEPS
from learning.sessions.views.desk import held_by
from learning.sessions.views.trails import session_trail
from membership.admission import AdmittedMixin, admit, private_form, private_post, user_of
from membership.policy import Action


@login_required
@never_cache
def hold(request: HttpRequest) -> HttpResponse:
    organiser = admit(request, Action.ORGANISE)
    form = SessionForm(request.POST or None, user=organiser, like=_asked(request))
    if request.method == "POST" and form.is_valid():
        session = actions.hold_session(**form.values(), by=organiser, at=timezone.now())
        return redirect("sessions:session", session.pk)
    context = {"form": form, "title": _("New session"), "back": reverse("sessions:sessions"),
               "breadcrumbs": session_trail((_("New session"), ""))}  # fmt: skip
    return render(request, "sessions/hold.html", context, status=422 if form.is_bound else 200)


@private_form
def repeat(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Each week or month until a day."""
    session = held_by(request, session_id)
    form = RepeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            new = actions.repeat(
                session=session, every=Every(said["every"]), until=said["until"], by=user_of(request),
                at=timezone.now(),
            )  # fmt: skip
        except SessionRefusedError as refused:
            form.add_error("until", str(refused))
        else:
            text = ngettext("%(count)s session more is planned.", "%(count)s sessions more are planned.", len(new))
            messages.success(request, text % {"count": len(new)} if new else _("All of them are planned already."))
            return redirect("sessions:session", session.pk)
    back = reverse("sessions:session", args=[session.pk])
    title = _("Repeat “%(title)s”") % {"title": session.title}
    trail = session_trail((session.title, back), (_("Repeat"), ""))
    context = {"form": form, "title": title, "back": back, "breadcrumbs": trail}
    return render(request, "sessions/hold.html", context, status=422 if form.is_bound else 200)


@private_form
def change(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    session = held_by(request, session_id)
    form = ChangeForm(request.POST or None, session=session)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_session(session=session, by=user_of(request), at=timezone.now(), **form.values())
        except SessionRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("sessions:session", session.pk)
    back = reverse("sessions:session", args=[session.pk])
    title = _("Change “%(title)s”") % {"title": session.title}
    trail = session_trail((session.title, back), (_("Change"), ""))
    context = {"form": form, "title": title, "back": back, "breadcrumbs": trail}
    return render(request, "sessions/hold.html", context, status=422 if form.is_bound else 200)


@private_post
def move(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    session, step = held_by(request, session_id), request.POST.get("step", "")
    if step not in STEPS:
        raise Http404
    try:
        actions.move_session(session=session, step=step, by=user_of(request), at=timezone.now())
    except SessionRefusedError as refused:
        messages.error(request, str(refused))
    return redirect("sessions:session", session.pk)


def _asked(request: HttpRequest) -> Session | None:
    """Of which session it is to be a copy, of those that the user may hold."""
    try:
        key = uuid.UUID(request.GET.get("tu", ""))
    except ValueError:
        return None
    return Session.objects.organised_by(user_of(request)).filter(pk=key).first()


class ReplyTable(Table):
    caption = gettext_lazy("Who comes")
    filename = "tra-loi"
    names_people = True
    empty = Empty(gettext_lazy("Nobody has answered yet."), illustration="notebook")
    columns = [
        Column(name="name", label=gettext_lazy("Full name"), read="person.full_name", is_heading=True),
        Column(name="code", label=gettext_lazy("Code"), read="person.code"),
        Column(name="place", label=gettext_lazy("Seat"), read="told"),
        Column(name="when", label=gettext_lazy("Answered"), read="replied_at"),
    ]


@method_decorator(never_cache, name="dispatch")
class RepliesView(AdmittedMixin, TableView):
    http_method_names = ["get", "head"]
    needs = Action.ORGANISE
    table_class = ReplyTable
    page_title = gettext_lazy("Who comes")

    def get_rows(self) -> Any:
        placed, waiting = coming_and_waiting(self._session)
        for reply in placed:
            reply.told = _("has a place")  # type: ignore[attr-defined]
        for turn, reply in enumerate(waiting, start=1):
            reply.told = _("waits, number %(turn)s") % {"turn": turn}  # type: ignore[attr-defined]
        return [*placed, *waiting]

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        session = self._session
        return session_trail((session.title, reverse("sessions:session", args=[session.pk])), (_("Who comes"), ""))

    @property
    def _session(self) -> Session:
        return held_by(self.request, self.kwargs["session_id"])
