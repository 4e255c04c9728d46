"""Who is invited to a session: a group chosen and looked at, the list with its answers, the printed invitations."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django_filters import ChoiceFilter, FilterSet
from wagtail.log_actions import log

from interface.refusals import told_in_form, told_on_page
from interface.tables import Column, Empty, RowAction, Table, TableView, each, mark
from learning.sessions import actions
from learning.sessions.forms import InviteForm
from learning.sessions.groups import handed_over
from learning.sessions.models import Invitee, Session
from learning.sessions.papers import invitation
from learning.sessions.views.desk import held_by
from learning.sessions.views.trails import session_trail
from membership.admission import AdmittedMixin, private_form, private_page, private_post, user_of
from membership.policy import Action
from membership.registries.groups import people_of
from papers.files import pdf_of_all

NAMES_SHOWN = 30
_ANSWERS = {True: gettext_lazy("comes"), False: gettext_lazy("does not come"), None: gettext_lazy("has not answered")}
_CHOICES = {"den": True, "khong": False, "chua": None}


class InviteeFilters(FilterSet):
    tra_loi = ChoiceFilter(
        label=gettext_lazy("Answer"),
        choices=[(key, _ANSWERS[said]) for key, said in _CHOICES.items()],
        empty_label=gettext_lazy("All"),
        method="of",
    )

    def of(self, rows: Any, _name: str, chosen: str) -> Any:
        return rows.filter(is_coming=_CHOICES[chosen])


def _leave_out(invitee: Invitee, _said: dict[str, Any], request: Any) -> None:
    actions.leave_out(invitee=invitee, by=user_of(request), at=timezone.now())


class InviteeTable(Table):
    caption = gettext_lazy("Who is invited")
    filename = "khach-moi"
    names_people = True
    filters_class = InviteeFilters
    per_page = 50
    empty = Empty(gettext_lazy("Nobody is invited by name yet."), illustration="notebook")
    actions = [RowAction(name="leave_out", label=gettext_lazy("Do not invite them"), icon="x", run=each(_leave_out))]
    columns = [
        Column(name="name", label=gettext_lazy("Full name"), read="person.full_name", order=["person__sort_key"],
               is_heading=True),
        Column(name="code", label=gettext_lazy("Code"), read="person.code", order=["person__code"]),
        Column(name="group", label=gettext_lazy("As whom"), read="group_name"),
        Column(name="answer", label=gettext_lazy("Answer"), read=lambda row: str(_ANSWERS[row.is_coming]),
               show=lambda row: mark(_ANSWERS[row.is_coming], "ok" if row.is_coming else "")),
        Column(name="invited", label=gettext_lazy("Invited"), read="invited_at", order=["invited_at"]),
    ]  # fmt: skip

    @property
    def counted(self) -> str:
        return ngettext("%(count)s person", "%(count)s people", self.count) % {"count": self.count}

    def name_of(self, row: Any) -> str:
        return str(row.person)


@method_decorator(never_cache, name="dispatch")
class InviteesView(AdmittedMixin, TableView):
    needs = Action.ORGANISE
    table_class = InviteeTable
    template_name = "sessions/invitees.html"

    @cached_property
    def session(self) -> Session:
        return held_by(self.request, self.kwargs["session_id"])

    def get_rows(self) -> Any:
        return Invitee.objects.of_session(self.session)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return _trail(self.session, (_("Who is invited"), ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        title = _("Invited: %(title)s") % {"title": self.session.title}
        waiting = Invitee.objects.unanswered(self.session).count()
        about = {"page_title": title, "session": self.session, "waiting": waiting, "letters": handed_over(self.session)}
        return super().get_context_data(**kwargs) | about


@private_form
def invite(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """A group is asked for by its address, and shown with its names; sent, its people are invited."""
    session, user = held_by(request, session_id), user_of(request)
    form = InviteForm(request.POST or request.GET or None, user=user)
    shown: dict[str, Any] = {}
    if form.is_valid():
        with told_in_form(form):
            if request.method == "POST":
                new = actions.invite(session=session, group=form.cleaned_data["group"], by=user, at=timezone.now())
                text = ngettext("%(count)s person more is invited.", "%(count)s people more are invited.", new)
                messages.success(request, text % {"count": new} if new else _("All of them are invited already."))
                return redirect("sessions:invitees", session.pk)
            shown = _looked_at(session, form.cleaned_data["group"].group, user)
    trail = _trail(session, (_("Who is invited"), reverse("sessions:invitees", args=[session.pk])), (_("Invite"), ""))
    context = {"form": form, "session": session, "breadcrumbs": trail, **shown}
    return render(request, "sessions/invite.html", context, status=422 if form.errors else 200)


@private_post
def remind(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    session = held_by(request, session_id)
    with told_on_page(request):
        told = actions.remind(session=session, by=user_of(request), at=timezone.now())
        text = ngettext("%(count)s person is reminded.", "%(count)s people are reminded.", told)
        messages.success(request, text % {"count": told} if told else _("Nobody is left to be reminded today."))
    return redirect("sessions:invitees", session.pk)


@private_page
def invitations(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Giấy mời for each who is invited, a page each, as one file; without anybody, one to write a name into.
    Many are drawn by a worker."""
    session, today = held_by(request, session_id), timezone.localdate()
    if Invitee.objects.of_session(session).count() > actions.AT_ONCE:
        return redirect("sessions:printing", session.pk)
    names = [one.person.full_name for one in Invitee.objects.of_session(session)]
    content = pdf_of_all([invitation(session, name, today) for name in names or ["……"]], f"Giấy mời {session.title}")
    data = {"papers": len(names)}
    log(instance=session, action="sessions.print_invitations", user=user_of(request), title=str(session.pk), data=data)
    headers = {"Content-Disposition": 'attachment; filename="giay-moi.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _looked_at(session: Session, group: str, user: Any) -> dict[str, Any]:
    invited = Invitee.objects.of_session(session).values("person")
    new = people_of(group, session.unit, timezone.localdate(), by=user).exclude(pk__in=invited)
    return {"count": new.count(), "names": new.order_by("sort_key", "pk")[:NAMES_SHOWN], "is_looked_at": True}


def _trail(session: Session, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    return session_trail((session.title, reverse("sessions:session", args=[session.pk])), *steps)
