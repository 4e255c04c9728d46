"""An office's desk: what waits for its answer, one of them, and one in the name of a unit."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django_filters import ChoiceFilter, FilterSet

from interface.refusals import told_in_form
from interface.tables import Column, Empty, SearchFilter, Table, TableView, mark
from membership.actions import log_file_access
from membership.admission import AdmittedMixin, admit, private_form
from membership.models import Unit, User
from membership.policy import Action, reach
from movement import actions
from movement.forms.proposals import ProposalActForm, UnitProposalForm
from movement.models import Proposal
from movement.notices import REMIND_AFTER_DAYS
from movement.views.pages import form_page

Act, State = Proposal.Act, Proposal.State
Trail = list[tuple[str, str]]
_TONES = {State.WAITING: "warning", State.ANSWERED: "ok"}


class ProposalFilters(FilterSet):
    q = SearchFilter(gettext_lazy("Title or text"))
    trang_thai = ChoiceFilter(
        label=pgettext_lazy("proposal", "State"),
        field_name="state",
        choices=State.choices,
        empty_label=gettext_lazy("All"),
    )


def _days(row: Proposal) -> int | None:
    """None once it does not wait any more."""
    if row.state != State.WAITING:
        return None
    return (timezone.localdate() - timezone.localdate(row.filed_at)).days


def _waiting(row: Proposal) -> str:
    days = _days(row)
    if days is None:
        return ""
    words = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    return mark(words, "warning") if days > REMIND_AFTER_DAYS else words


class ProposalTable(Table):
    caption = gettext_lazy("Proposals and difficulties")
    filename = "kien-nghi"
    names_people = True
    filters_class = ProposalFilters
    row_address = "movement:proposal"
    empty = Empty(
        gettext_lazy("No proposals"),
        gettext_lazy("What units beneath yours and their people propose, or find difficult, comes here."),
        illustration="notebook",
    )
    columns = [
        Column(name="title", label=pgettext_lazy("proposal", "Title"), order=["title"], is_heading=True),
        Column(name="kind", label=gettext_lazy("Kind"), read="get_kind_display", order=["kind"]),
        Column(name="unit", label=gettext_lazy("Unit"), order=["unit__path"],
               note=lambda row: row.person.full_name if row.person else ""),
        Column(name="office", label=pgettext_lazy("proposal", "Waits at"), order=["office__path"]),
        Column(name="filed_at", label=gettext_lazy("Sent at"), order=["filed_at"]),
        Column(name="days", label=gettext_lazy("Waits since"), read=_days, show=_waiting, is_number=True),
        Column(name="alike", label=gettext_lazy("Like ones"), order=["alike"], is_number=True),
        Column(name="state", label=pgettext_lazy("proposal", "State"), read="get_state_display", order=["state"],
               show=lambda row: mark(row.get_state_display(), _TONES.get(row.state, ""))),
    ]  # fmt: skip


def _trail(last: str = "") -> Trail:
    here = (_("Proposals and difficulties"), reverse("movement:proposals") if last else "")
    return [here, (last, "")] if last else [here]


class ProposalsView(AdmittedMixin, TableView):
    needs = Action.SEND_REPORTS
    table_class = ProposalTable
    template_name = "movement/proposals.html"
    page_title = gettext_lazy("Proposals and difficulties")
    lede = gettext_lazy(
        "Answer what waits at your office, join what is alike, or send it on to the office above with number and day."
    )

    def get_rows(self) -> Any:
        return Proposal.objects.for_list(self.user)

    def get_breadcrumbs(self) -> Trail:
        return _trail()


@private_form
def write(request: HttpRequest) -> HttpResponse:
    """In the name of a unit, to the office above it."""
    user = admit(request, Action.SEND_REPORTS)
    units = Unit.objects.on(timezone.localdate()).filter(reach(user, Action.SEND_REPORTS), depth__gt=1)
    form = UnitProposalForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        with told_in_form(form, denied=""):
            filed = actions.propose_for_unit(by=user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("It is sent to %(office)s.") % {"office": filed.office})
            return redirect("movement:proposal", pk=filed.pk)
    lede = _("In the name of your unit: what it proposes, or what is difficult.")
    return form_page(request, form, _("Write to the office above"), _trail(_("Write to the office above")), lede)


@private_form
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    user = admit(request, Action.SEND_REPORTS)
    found = get_object_or_404(Proposal.objects.for_page(user), pk=pk)
    acts = actions.acts_open_to(found, user)
    form = ProposalActForm(request.POST or None, proposal=found, acts=acts) if acts else None
    if form is not None and request.method == "POST" and form.is_valid() and _act(request, user, found, form):
        return redirect("movement:proposal", pk=pk)
    if found.person:
        log_file_access(user=user, person=found.person, what="proposal", at=timezone.now())
    context = {"proposal": found, "form": form, "days": _days(found), "breadcrumbs": _trail(found.title)}
    return render(request, "movement/proposal.html", context, status=422 if form is not None and form.errors else 200)


def _act(request: HttpRequest, user: User, found: Proposal, form: ProposalActForm) -> bool:
    said = form.said()
    with told_in_form(form, denied=""):
        about: dict[str, Any] = {"proposal": found, "by": user, "at": timezone.now()}
        match form.cleaned_data["act"]:
            case Act.ANSWER:
                actions.answer(said=said, **about)
            case Act.SEND_ON:
                actions.send_on(said=said, **about)
            case Act.JOIN:
                actions.join(to=form.cleaned_data["to"], **about)
            case Act.PART:
                actions.part(**about)
            case Act.PUBLISH:
                actions.publish(words=said.words, **about)
            case Act.HIDE:
                actions.hide(**about)
            case Act.WITHDRAW:
                actions.withdraw(**about)
        messages.success(request, _("Done: it stands below."))
    return form.is_valid()
