"""An officer's list of who signed up by themselves and names their unit: confirmed, or declined."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interface.tables import Column, Empty, RowAction, Table, TableView, each
from membership.actions import confirm_membership, decline_membership
from membership.admission import AdmittedMixin, user_of
from membership.models import Membership
from membership.policy import Action, reach
from membership.querysets import MembershipQuerySet
from membership.slips.desk import trail


def _by_officer(action: Callable[..., Any]) -> Callable[..., Any]:
    return each(lambda held, _said, request: action(membership=held, by=user_of(request), at=timezone.now()))


class JoiningTable(Table):
    caption = _("Who signed up and waits for an officer")
    empty = Empty(_("Nobody waits"), _("Who signs up by themselves and names a unit of yours appears here."))
    actions = [
        RowAction(name="confirm", label=_("Confirm: they belong here"), run=_by_officer(confirm_membership)),
        RowAction(name="decline", label=_("They do not belong here"), run=_by_officer(decline_membership)),
    ]
    columns = [
        Column(name="person", label=_("Person"), read="person.full_name", note="person.code", is_heading=True),
        Column(name="born", label=_("Birth year"), read="person.birth_year", is_number=True),
        Column(name="unit", label=_("Unit"), read="unit.name", order=["unit__path"]),
        Column(name="from", label=_("From day"), read="valid_from", order=["valid_from"]),
    ]

    def name_of(self, row: Any) -> str:
        return str(row.person.full_name)


class JoiningView(AdmittedMixin, TableView):
    needs = Action.GIVE_ACCESS
    table_class = JoiningTable
    page_title = _("People who ask to join")
    lede = _(
        "They count in no figure and get no title until you have confirmed that they belong here. Who is on record "
        "already gets a slip instead: it joins the two records. Who names the wrong chapter waits at the association."
    )

    def get_rows(self) -> MembershipQuerySet:
        within = reach(self.user, self.needs, "unit__")
        return (
            Membership.objects.filter(within)
            .waiting()
            .agreed()
            .exclude(person=self.user.person_id)
            .for_administration()
        )

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return trail(str(self.page_title))
