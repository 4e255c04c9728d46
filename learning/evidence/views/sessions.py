"""Sessions for who holds them (announce, note who was there, show the code), and for who comes."""

import uuid
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_ratelimit.core import is_ratelimited

from interface.tables import Column, Empty, Table, TableView
from learning.evidence import actions
from learning.evidence.actions import How, RecordRefusedError
from learning.evidence.actions.sessions import DOORS_CLOSE, DOORS_OPEN
from learning.evidence.codes import code_at, is_current, seconds_left, session_of, session_of_ticket, ticket_for
from learning.evidence.forms import CodeForm, SessionForm
from learning.evidence.models import Evidence, Session
from learning.evidence.pages.sentences import provenance
from learning.evidence.registries import training
from learning.evidence.views.trails import session_trail, trail
from membership.admission import AdmittedMixin, admit, person_of, private_page, private_post, user_of
from membership.models import Person, User
from membership.policy import Action
from membership.querysets import PersonQuerySet

FOUND_SHOWN = 40
TYPING_RATE = "20/m"


class SessionTable(Table):
    caption = gettext_lazy("Learning sessions")
    filename = "buoi-hoc"
    row_address = "evidence:session"
    per_page = 30
    empty = Empty(
        gettext_lazy("No sessions yet"),
        gettext_lazy("Announce one, then note who comes."),
        illustration="loudspeaker",
    )
    columns = [
        Column(name="session", label=gettext_lazy("Learning session"), read="title", order=["title"],
               is_heading=True),
        Column(name="when", label=gettext_lazy("When"), read="starts_at", order=["starts_at"]),
        Column(name="unit", label=gettext_lazy("Held by"), read="unit.name", order=["unit__path"]),
    ]  # fmt: skip


@method_decorator(never_cache, name="dispatch")
class SessionsView(AdmittedMixin, TableView):
    http_method_names = ["get", "head"]
    needs = Action.ORGANISE
    table_class = SessionTable
    template_name = "evidence/sessions.html"
    page_title = gettext_lazy("Learning sessions")
    lede = gettext_lazy(
        "Meetings, talks and training days. Who was there gets it as evidence: from your list, from a spreadsheet, or "
        "by the code on your screen."
    )

    def get_rows(self) -> Any:
        return Session.objects.organised_by(self.user)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return trail((_("Learning sessions"), ""))


@login_required
@never_cache
def hold(request: HttpRequest) -> HttpResponse:
    organiser = admit(request, Action.ORGANISE)
    form = SessionForm(request.POST or None, user=organiser)
    if request.method == "POST" and form.is_valid():
        session = actions.hold_session(**form.values(), by=organiser, at=timezone.now())
        return redirect("evidence:session", session.pk)
    context = {"form": form, "breadcrumbs": session_trail((_("New session"), ""))}
    return render(request, "evidence/hold.html", context, status=422 if form.is_bound else 200)


class PresentTable(Table):
    caption = gettext_lazy("Who was there?")
    filename = "co-mat"
    names_people = True
    per_page = 30
    empty = Empty(gettext_lazy("Nobody is noted yet."), illustration="notebook")
    columns = [
        Column(name="name", label=gettext_lazy("Full name"), read="person.full_name", order=["person__sort_key"],
               is_heading=True),
        Column(name="code", label=gettext_lazy("Code"), read="person.code", order=["person__code"]),
        Column(name="how", label=gettext_lazy("How we know"), read=provenance),
    ]  # fmt: skip

    @property
    def counted(self) -> str:
        return ngettext("%(number)s person was there", "%(number)s people were there", self.count) % {
            "number": self.count
        }


@private_page
def session(request: HttpRequest, session_id: uuid.UUID) -> HttpResponseBase:
    held = _held(request, session_id)
    table = PresentTable(request, Evidence.objects.for_session(held))
    if (instead := table.instead()) is not None:
        return instead
    asked = request.GET.get("q", "")
    context = {
        "session": held,
        "table": table,
        "asked": asked,
        "found": _not_yet_there(held, asked, user_of(request)),
        "has_begun": held.starts_at <= timezone.now(),
        "is_own_left_out": _stands_otherwise(held, user_of(request)),
        "training": [(topic, name, topic in held.topics) for topic, name in training.offered()],
        "breadcrumbs": session_trail((held.title, "")),
    }
    return render(request, "evidence/session.html", context)


@private_post
def note(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    held = _held(request, session_id)
    chosen = [int(key) for key in request.POST.getlist("person") if key.isdecimal() and len(key) < 19]
    _note(request, held, chosen)
    return redirect("evidence:session", held.pk)


@private_post
def train(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    held, chosen = _held(request, session_id), request.POST.getlist("topics")
    new = actions.say_training(session=held, chosen=chosen, by=user_of(request), at=timezone.now())
    text = ngettext(
        "Saved. The evidence of %(count)s person says so from now on.",
        "Saved. The evidence of %(count)s people says so from now on.",
        len(new),
    )
    messages.success(request, text % {"count": len(new)} if new else _("Saved."))
    return redirect("evidence:session", held.pk)


@private_page
def screen(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """For the wall: the code as a picture and in digits; asks for itself again every few seconds."""
    held, now = _held(request, session_id), timezone.now()
    code = code_at(held.pk, now)
    address = f"{settings.BASE_URL}{reverse('evidence:scan', args=[held.pk, code])}"
    context = {
        "session": held,
        "digits": f"{code[:4]} {code[4:]}",
        "picture": segno.make(address, error="m").svg_data_uri(scale=8, border=2, light="white"),
        "seconds": seconds_left(now),
        "typed_at": settings.BASE_URL.partition("//")[2] + reverse("evidence:check_in"),
        "breadcrumbs": session_trail((held.title, reverse("evidence:session", args=[held.pk])), (_("Code"), "")),
    }
    return render(request, "evidence/screen.html", context)


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


def _note(request: HttpRequest, held: Session, people: list[int]) -> None:
    found = _people(held).filter(pk__in=people)
    try:
        new = actions.note_attendance(session=held, people=found, how=How.LIST, by=user_of(request), at=timezone.now())
    except RecordRefusedError:
        messages.error(request, _("The session has not begun yet: nobody can be noted before."))
        return
    say_noted(request, len(new), has_noted_self=any(row.person_id == user_of(request).person_id for row in new))


def say_noted(request: HttpRequest, count: int, *, has_noted_self: bool) -> None:
    if not count:
        messages.info(
            request, _("Nobody was noted: who is on the list stays there, who was struck off stays struck off.")
        )
        return
    text = ngettext("%(count)s person noted as present.", "%(count)s people noted as present.", count)
    messages.success(request, text % {"count": count})
    if has_noted_self:
        messages.info(request, _("Your own attendance counts as declared until another organiser notes it too."))


def _not_yet_there(held: Session, asked: str, user: User) -> list[Person]:
    people = _people(held)
    there = Evidence.objects.noted_in(held, user).values("person")
    return list((people.matching(asked) if asked else people).exclude(pk__in=there)[:FOUND_SHOWN])


def _people(held: Session) -> PersonQuerySet:
    """Who may be noted."""
    return Person.objects.belonging_below(held.unit, timezone.localdate(held.starts_at)).filter(withdrawn_at=None)


def _stands_otherwise(held: Session, user: User) -> bool:
    """Whether the user's own presence was noted when the session trained for something else."""
    otherwise = Evidence.objects.saying_otherwise(held, held.topics)
    return user.person_id is not None and otherwise.filter(person=user.person_id).exists()


def _held(request: HttpRequest, session_id: uuid.UUID) -> Session:
    return get_object_or_404(Session.objects.organised_by(user_of(request)), pk=session_id)


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
