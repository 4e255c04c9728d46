"""Sessions for who holds them: plan them, and note who was there."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from interface.tables import Column, Empty, Table, TableView
from learning.evidence.actions import RecordRefusedError
from learning.evidence.models import Evidence
from learning.evidence.pages.sentences import provenance
from learning.evidence.registries import training
from learning.sessions import actions
from learning.sessions.actions import How
from learning.sessions.groups import handed_over
from learning.sessions.models import Invitee, Session
from learning.sessions.places import standing_of
from learning.sessions.states import NOTED_IN, steps_from
from learning.sessions.views.trails import session_trail
from membership.admission import AdmittedMixin, private_page, private_post, user_of
from membership.models import Person, User
from membership.policy import Action, may
from membership.querysets import PersonQuerySet

FOUND_SHOWN = 200


class SessionTable(Table):
    caption = gettext_lazy("Learning sessions")
    filename = "buoi-hoc"
    row_address = "sessions:session"
    per_page = 30
    empty = Empty(
        gettext_lazy("No sessions yet"),
        gettext_lazy("Announce one, then note who comes."),
        illustration="loudspeaker",
    )
    columns = [
        Column(name="session", label=gettext_lazy("Learning session"), read="title", order=["title"],
               is_heading=True),
        Column(name="state", label=gettext_lazy("State of the session"), read="get_state_display", order=["state"]),
        Column(name="coming", label=gettext_lazy("Come"), read="coming", order=["coming"]),
        Column(name="when", label=gettext_lazy("When"), read="starts_at", show="when", order=["starts_at"]),
        Column(name="days", label=gettext_lazy("Hours of each day"), read="when", is_shown=False),
        Column(name="unit", label=gettext_lazy("Held by"), read="unit.name", order=["unit__path"]),
    ]  # fmt: skip


@method_decorator(never_cache, name="dispatch")
class SessionsView(AdmittedMixin, TableView):
    http_method_names = ["get", "head"]
    needs = Action.ORGANISE
    table_class = SessionTable
    template_name = "sessions/sessions.html"
    page_title = gettext_lazy("Learning sessions")
    lede = gettext_lazy(
        "Meetings, talks and training days. Who was there gets it as evidence: from your list, from a spreadsheet, or "
        "by the code on your screen."
    )

    def get_rows(self) -> Any:
        return Session.objects.for_list(self.user)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return session_trail()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_view_figures": may(self.user, Action.VIEW_FIGURES)}


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
    held = held_by(request, session_id)
    table = PresentTable(request, Evidence.objects.for_session(held))
    if (instead := table.instead()) is not None:
        return instead
    asked = request.GET.get("q", "")
    context = {
        "session": held,
        "table": table,
        "asked": asked,
        "found": _not_yet_there(held, asked, user_of(request)),
        "steps": steps_from(held.state),
        "is_noted": held.state in NOTED_IN,
        "replies": standing_of(held, None),
        "invited": (Invitee.objects.of_session(held).count(), Invitee.objects.unanswered(held).count()),
        "letters": handed_over(held),
        "series": Session.objects.of_series(held).with_days(),
        "has_begun": held.starts_at <= timezone.now(),
        "is_own_left_out": _stands_otherwise(held, user_of(request)),
        "training": [(topic, name, topic in held.topics) for topic, name in training.offered()],
        "breadcrumbs": session_trail((held.title, "")),
    }
    return render(request, "sessions/session.html", context)


@private_post
def note(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    held = held_by(request, session_id)
    if "everybody" in request.POST:
        chosen = [person.pk for person in _not_yet_there(held, request.POST.get("q", ""), user_of(request))]
        _note(request, held, chosen)
        return redirect("sessions:session", held.pk)
    chosen = [int(key) for key in request.POST.getlist("person") if key.isdecimal() and len(key) < 19]
    _note(request, held, chosen)
    return redirect("sessions:session", held.pk)


@private_post
def train(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    held, chosen = held_by(request, session_id), request.POST.getlist("topics")
    new = actions.say_training(session=held, chosen=chosen, by=user_of(request), at=timezone.now())
    text = ngettext(
        "Saved. The evidence of %(count)s person says so from now on.",
        "Saved. The evidence of %(count)s people says so from now on.",
        len(new),
    )
    messages.success(request, text % {"count": len(new)} if new else _("Saved."))
    return redirect("sessions:session", held.pk)


def _note(request: HttpRequest, held: Session, people: list[int]) -> None:
    found = _people(held).filter(pk__in=people)
    try:
        new = actions.note_attendance(session=held, people=found, how=How.LIST, by=user_of(request), at=timezone.now())
    except RecordRefusedError:
        messages.error(request, _unnoted(held))
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


def _unnoted(held: Session) -> str:
    if held.state not in NOTED_IN:
        return _("It is closed or cancelled: nobody is noted any more.")
    return _("The session has not begun yet: nobody can be noted before.")


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


def held_by(request: HttpRequest, session_id: uuid.UUID) -> Session:
    return get_object_or_404(Session.objects.organised_by(user_of(request)), pk=session_id)
