"""An officer's desk for slips: whom to print one for, whose to confirm, and what became of those from beneath."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_filters import ChoiceFilter, FilterSet

from interface.places import address
from interface.tables import Column, Empty, RowAction, SearchFilter, Table, TableView, each
from interface.tables.choosing import keys_of, reason_of
from interface.tables.columns import mark
from membership.actions import confirm_slip, print_slip, refuse_printing
from membership.administration.permissions import people_in_reach
from membership.admission import AdmittedMixin, admit, user_of
from membership.models import Person, Slip, SlipRefusal, User
from membership.policy import Action, may, reach, roles_for
from membership.querysets import PersonQuerySet, SlipQuerySet
from membership.registries.people import row_actions
from membership.slips.paper import pdf_of_slips
from membership.slips.use import OfficeUse, tries_without_slip, use_by_officers
from papers.codes import new_code

_MOST_AT_ONCE = 80
_CHOSEN = "person"


def trail(last: str = "") -> list[tuple[str, str]]:
    """Where one is at this desk, and on the pages beneath it."""
    people = (gettext("Slips for signing in"), reverse("membership:slip_people") if last else "")
    above = [(gettext("Evaluation"), address("review")), people]
    return [*above, (last, "")] if last else above


class PeopleFilters(FilterSet):
    q = SearchFilter(_("Name or code"))
    account = ChoiceFilter(
        label=_("Account"),
        empty_label=_("With and without"),
        choices=[("none", _("Without an account")), ("has", _("With an account"))],
        method="by_account",
    )

    def by_account(self, people: PersonQuerySet, _name: str, account: str) -> PersonQuerySet:
        return people.filter(user__isnull=account == "none")


def _access(person: Any) -> str:
    if person.has_account:
        return gettext("has an account")
    if person.slip_until:
        return gettext("slip good until %(day)s") % {"day": f"{timezone.localtime(person.slip_until):%d/%m/%Y}"}
    return ""


PRINT = RowAction(
    name="print",
    label=_("Print slips for the chosen people"),
    icon="printer",
    address="membership:print_slips",
    row_name=_CHOSEN,
)


class PeopleTable(Table):
    caption = _("People of your units")
    filters_class = PeopleFilters
    per_page = 40
    empty = Empty(_("Nobody found"), _("Members of your units appear here once they are on record."), "magnifier")
    actions = row_actions  # beside printing, which is this desk's own
    columns = [
        Column(name="person", label=_("Person"), read="full_name", note="code", order=["sort_key"], is_heading=True),
        Column(name="born", label=_("Birth year"), read="birth_year", order=["birth_year"], is_number=True),
        Column(name="unit", label=_("Unit"), read="home_unit_name", order=["home_unit_name"]),
        Column(name="access", label=_("Account"), read=_access),
    ]

    @cached_property
    def usable(self) -> list[RowAction]:
        return [PRINT, *super().usable]


class PeopleView(AdmittedMixin, TableView):
    needs = Action.GIVE_ACCESS
    table_class = PeopleTable
    template_name = "membership/slip_people.html"
    page_title = _("Slips for signing in")
    lede = _(
        "Who has no e-mail address gets in by a slip: they scan it, type their birth year and choose a password. For "
        "who has an account already it sets a new password, once a second officer has confirmed it."
    )

    def get_rows(self) -> PersonQuerySet:
        return people_in_reach(self.user, self.needs).with_access(timezone.now()).order_by("sort_key", "pk")

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return trail()


@login_required
@require_POST
def print_slips(request: HttpRequest) -> HttpResponse:
    """The paper is the answer itself: it is never kept, so what was lost on the way is printed anew."""
    user = admit(request, Action.GIVE_ACCESS)
    keys = [key for key in keys_of(request, _CHOSEN) if key.isdecimal()]
    if len(keys) > _MOST_AT_ONCE:
        messages.error(request, gettext("At most %(count)d slips at once.") % {"count": _MOST_AT_ONCE})
        return redirect("membership:slip_people")
    within = people_in_reach(user, Action.GIVE_ACCESS).filter(pk__in=keys)
    for person in Person.objects.filter(pk__in=keys).exclude(pk__in=within.values("pk")):
        refuse_printing(person=person, by=user)
    printed = _printed(request, within, user)
    if not printed:
        messages.error(request, gettext("No slip was printed. Choose at least one person."))
        return redirect("membership:slip_people")
    headers = {"Content-Disposition": 'attachment; filename="phieu-mo-tai-khoan.pdf"', "X-Robots-Tag": "noindex"}
    return HttpResponse(pdf_of_slips(printed), content_type="application/pdf", headers=headers)


class WaitingTable(Table):
    caption = _("Slips that wait for a second officer")
    empty = Empty(_("Nothing waits"), _("A slip for a new password appears here until a second officer confirms it."))
    actions = [
        RowAction(
            name="confirm",
            label=_("Confirm: these people asked for it"),
            run=each(lambda slip, _said, request: confirm_slip(slip=slip, by=user_of(request), at=timezone.now())),
        )
    ]
    columns = [
        Column(name="person", label=_("Person"), read="person.full_name", note="person.code", is_heading=True),
        Column(name="printed_by", label=_("Printed by"), read="printed_by.get_full_name", note="office.name"),
        Column(name="printed_at", label=_("Printed"), order=["printed_at"]),
    ]

    def name_of(self, row: Any) -> str:
        return str(row.person.full_name)


class WaitingView(AdmittedMixin, TableView):
    needs = Action.GIVE_ACCESS
    table_class = WaitingTable
    page_title = _("Slips to confirm")
    lede = _(
        "Ask the person, not the officer: did they ask for a new password? Only what another officer printed is shown."
    )

    def get_rows(self) -> SlipQuerySet:
        within = reach(self.user, self.needs, "office__")
        return Slip.objects.to_confirm_by(self.user, within, timezone.now())

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return trail(gettext("Slips to confirm"))


def _told(row: OfficeUse) -> str:
    return mark(gettext("look into it"), "warning") if row.stands_out else ""


def _refused(row: OfficeUse) -> str:
    return ", ".join(f"{SlipRefusal.Reason(reason).label}: {count}" for reason, count in sorted(row.refused.items()))


class UseTable(Table):
    caption = _("Slips used and refused, by the officer who printed them")
    empty = Empty(_("No slips yet"), _("Here stands what the offices beneath yours printed, and how it was used."))
    columns = [
        Column(name="office", label=_("Unit"), note="officer", is_heading=True),
        Column(name="printed", label=_("Printed"), order=lambda row: row.printed, is_number=True),
        Column(name="used", label=_("Used"), order=lambda row: row.used, is_number=True),
        Column(name="device", label=_("Most on one device"), read="on_one_device", is_number=True,
               order=lambda row: row.on_one_device),
        Column(name="address", label=_("Most from one address"), read="from_one_address", is_number=True,
               order=lambda row: row.from_one_address),
        Column(name="refused", label=_("Refused tries"), read=_refused, order=lambda row: sum(row.refused.values())),
        Column(name="told", label=_("Worth a look"), read=_told),
    ]  # fmt: skip


class UseView(AdmittedMixin, TableView):
    needs = Action.GIVE_ACCESS
    table_class = UseTable
    page_title = _("How slips were used")
    lede = _(
        "Whoever prints a slip knows its code. Many on one device may be an officer who helped neighbours on their own "
        "telephone, or one who opened accounts in their place: ask. Many refusals may be "
        "a slip that was found, or guessing."
    )

    def get_rows(self) -> Sequence[OfficeUse]:
        within = Slip.objects.filter(reach(self.user, self.needs, "office__"))
        own = [held.unit_id for held in roles_for(self.user, self.needs)]
        without = tries_without_slip(timezone.now()) if may(self.user, Action.GIVE_OFFICE_ACCESS) else None
        return [*filter(None, [without]), *use_by_officers(within.exclude(office__in=own))]

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return trail(gettext("How slips were used"))


def _printed(request: HttpRequest, people: PersonQuerySet, user: User) -> list[tuple[Slip, str]]:
    """The slips with their codes; of the others it is told why not, on the next page."""
    printed, at = [], timezone.now()
    for person in people.order_by("sort_key", "pk"):
        code = new_code()
        try:
            printed.append((print_slip(person=person, code=code, by=user, at=at), code))
        except (ValidationError, PermissionDenied) as refused:
            messages.error(request, f"{person.full_name}: {reason_of(refused)}")
    return printed
