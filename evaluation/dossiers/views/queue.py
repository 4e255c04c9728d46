"""The bodies' queue: what waits for the user, or everything within reach."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from evaluation.criteria.ladder import points_text
from evaluation.dossiers.chosen import row_actions
from evaluation.dossiers.models import Dossier, FollowUp
from evaluation.dossiers.querysets.dossiers import DossierQuerySet
from evaluation.dossiers.views.trails import review_trail
from interface.places import address
from interface.tables import Column, Empty, SearchFilter, Table, TableView, as_left
from membership.admission import AdmittedMixin
from membership.choosing import UnitFilter
from membership.models import Role, Unit, UnitKind, User
from membership.policy import UNIT_KINDS_OF_ROLE, Action, may, reach, standing_roles
from membership.querysets import UnitQuerySet

WAITING, ALL = "waiting", "all"
_LISTED = [choice for choice in Dossier.State.choices if choice[0] != Dossier.State.DRAFT]


@dataclass(frozen=True)
class Place:
    name: str
    url: str
    icon: str


def office_places(user: User) -> list[Place]:
    places = [
        (Action.REVIEW, gettext("Batch review"), "batch", "list-checks"),
        (Action.ASSIST, gettext("Assisted dossiers"), "assist", "users"),
        (Action.VIEW_DOSSIERS, gettext("Meetings"), "meetings", "calendar"),
        (Action.REVIEW, gettext("Answers by link"), "links", "link"),
        (Action.MANAGE_PEOPLE, gettext("Bodies and deadlines"), "bodies", "calendar-clock"),
        (Action.MANAGE_CRITERIA, gettext("Review chains"), "chains", "list-ordered"),
        (Action.HEAR_APPEALS, gettext("Appeals"), "appeals", "scale"),
        (Action.INSPECT, gettext("Inspection"), "samples", "search"),
        (Action.INSPECT, gettext("What stands out"), "outliers", "flag"),
    ]
    found = [Place(name, reverse(f"dossiers:{view}"), icon) for action, name, view, icon in places if may(user, action)]
    if may(user, Action.VIEW_DOSSIERS):
        found.append(_findings(user))
    if may(user, Action.GIVE_ACCESS):
        found.append(Place(gettext("Slips for signing in"), reverse("membership:slip_people"), "key-round"))
    if may(user, Action.ASSIST):
        found.append(Place(gettext("Registrations"), address("registering"), "flag"))
        found.append(Place(gettext("Consent on paper"), reverse("membership:paper_consents"), "file-check"))
    found += _of_the_movement(user)
    if may(user, Action.MANAGE_PEOPLE):
        found.append(Place(gettext("Requests about personal data"), reverse("privacy:requests"), "shield-check"))
    elif may(user, Action.ASSIST):
        found.append(Place(gettext("Enter a request about personal data"), reverse("privacy:file_for"), "shield-check"))
    if may(user, Action.MANAGE_CRITERIA):
        found.append(Place(gettext("Criteria"), reverse("criteria:sets"), "list-checks"))
    return found


def _of_the_movement(user: User) -> list[Place]:
    registers = [
        (Action.VIEW_FIGURES, gettext("Work plans"), "plans", "calendar"),
        (Action.SEND_REPORTS, gettext("Proposals and difficulties"), "answering", "message-circle"),
    ]
    return [Place(name, address(place), icon) for action, name, place, icon in registers if may(user, action)]


def _findings(user: User) -> Place:
    """With how many are open."""
    number = FollowUp.objects.visible_to(user).open().count()
    name = gettext("Findings to follow up")
    return Place(f"{name} ({number})" if number else name, reverse("dossiers:findings"), "flag")


def _years() -> list[tuple[int, str]]:
    this_year = timezone.localdate().year
    return [(year, str(year)) for year in range(this_year, this_year - 5, -1)]


def _units(user: User) -> UnitQuerySet:
    """Of a province its communes, of a commune what has officers of its own."""
    is_province = any(held.unit.kind == UnitKind.PROVINCE for held in standing_roles(user))
    kinds = {UnitKind.COMMUNE} if is_province else UNIT_KINDS_OF_ROLE[Role.CHAPTER_OFFICER]
    return Unit.objects.filter(reach(user, Action.VIEW_DOSSIERS), kind__in=kinds, valid_to=None)


class QueueFilters(FilterSet):
    state = ChoiceFilter(label=_("Which dossiers"), empty_label=None, method="of_state")
    year = ChoiceFilter(label=_("Year"), choices=_years, empty_label=_("Every year"))
    unit = UnitFilter(_units)
    q = SearchFilter(_("Name or code"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = [(WAITING, _("Waiting for me"))] if may(self.request.user, Action.REVIEW) else []
        self.filters["state"].extra["choices"] = [*waiting, (ALL, _("All")), *_LISTED]

    def of_state(self, dossiers: DossierQuerySet, _name: str, state: str) -> DossierQuerySet:
        return dossiers if state in (WAITING, ALL) else dossiers.filter(state=state)


def _points(value: Any) -> str:
    return "" if value is None else points_text(value)


def _handed_in(at: datetime.datetime) -> str:
    return gettext("handed in %(day)s") % {"day": date_format(timezone.localtime(at), "d/m")}


def _everything(user: User) -> DossierQuerySet:
    return Dossier.objects.counting().visible_to(user).of_others(user).for_listing()


class QueueTable(Table):
    caption = _("Dossiers")
    filters_class = QueueFilters
    actions = row_actions
    filename = "ho-so"
    names_people = True
    row_address = "dossiers:review"
    empty = Empty(
        _("Nothing here"),
        _(
            "Dossiers appear here when people hand them in, or when the body before yours forwards them. Choose “All” "
            "above to see the others."
        ),
    )
    columns = [
        Column(name="person", label=_("Person"), note="person.code", order=["person__sort_key"], is_heading=True),
        Column(name="code", label=_("Code"), read="person.code", is_shown=False),
        Column(name="unit", label=_("Unit"), order=["unit__path"]),
        Column(name="year", label=_("Year"), order=["year", "submitted_at"],
               note=lambda row: _handed_in(row.submitted_at)),
        Column(name="own", label=_("Own score"), read="self_total", show=lambda row: _points(row.self_total),
               order=["self_total"], is_number=True),
        Column(name="reviewed", label=_("Reviewed"), read="reviewed_total", order=["reviewed_total"], is_number=True,
               show=lambda row: f"{_points(row.reviewed_total) or '–'} ({row.reviewed_count}/{row.score_count})"),
        Column(name="state", label=pgettext_lazy("dossier", "State"), template="dossiers/includes/queue_state.html",
               read=lambda row: row.current_step or row.get_state_display()),
        Column(name="against", label=_("What stands against it"), read="told_obstacle", is_shown=False),
    ]  # fmt: skip

    def __init__(self, request: HttpRequest, user: User, **kwargs: Any) -> None:
        self.user = user
        asked = request.GET.get("state")
        self.is_waiting = may(user, Action.REVIEW) and asked not in (ALL, *(state for state, _label in _LISTED))
        super().__init__(request, Dossier.objects.for_queue(user) if self.is_waiting else _everything(user), **kwargs)

    @cached_property
    def found(self) -> Any:
        """Keys of what waits: whose turn it is costs most, and is asked once for the count and the page."""
        if not self.is_waiting:
            return self.in_order(self.narrowed)
        return self.in_order(self.narrowed.with_row_totals().in_turn()).key_list()

    def rows_of(self, page: Iterable[Any]) -> Iterable[Any]:
        if not self.is_waiting:
            return page
        keys = list(page)
        rows = {row.pk: row for row in Dossier.objects.for_rows(keys, self.user)}
        return [rows[key] for key in keys if key in rows]

    def after(self, pk: int) -> int | None:
        """The key of whom the user may take next, after that one, as filtered and sorted; at the end from the top."""
        if not self.is_waiting:
            return None
        takeable = self.narrowed.filter(is_own=False, has_judged=False)
        keys = self.in_order(takeable.with_row_totals().in_turn()).key_list()
        place = keys.index(pk) if pk in keys else -1
        return next((key for key in keys[place + 1 :] + keys if key != pk), None)

    @property
    def counted(self) -> str:
        return ngettext("%(number)s dossier", "%(number)s dossiers", self.count) % {"number": self.count}

    def name_of(self, row: Any) -> str:
        return str(row.person.full_name)


def next_in_queue(request: HttpRequest, user: User, pk: int) -> int | None:
    return QueueTable(as_left(request, reverse("dossiers:queue")), user).after(pk)


class QueueView(AdmittedMixin, TableView):
    needs = Action.VIEW_DOSSIERS
    template_name = "dossiers/queue.html"
    page_title = _("Dossiers to review")

    @cached_property
    def table(self) -> QueueTable:
        return QueueTable(self.request, self.user)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return review_trail()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"office": office_places(self.user)}
