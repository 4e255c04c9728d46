"""Danh sách: the people of a decision as a table, as offices hand it on."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluation.recognition.models import Decision, DecisionLine, Title
from interface.sheets import Sheet, Value
from membership.policy import AnyUser


def people_on(decision: Decision, user: AnyUser) -> QuerySet[Any]:
    """Of one in effect the titles, of others the lines; those about people at whom the user may look."""
    rows: Any = Title.objects if decision.is_in_effect else DecisionLine.objects
    found: QuerySet[Any] = rows.for_decision(decision, user)
    return found


def list_of_people(decision: Decision, people: Iterable[DecisionLine | Title]) -> Sheet:
    """``people`` as ``people_on`` reads them."""
    return Sheet(
        name=_("List"),
        lines=[
            _("List of people: title Learning Citizen %(year)s") % {"year": decision.year},
            decision.body,
            _state(decision),
        ],
        headings=[
            _("Place on the list"),
            _("Full name"),
            _("Birth year"),
            _("Unit"),
            _("Total score"),
            _("Certificate number"),
            _("Verification code"),
            _("State of the title"),
        ],
        rows=[_row(place, row) for place, row in enumerate(people, start=1)],
    )


def register_of(decisions: Iterable[Decision]) -> Sheet:
    """Sổ đăng ký: issued decisions with how many people stand on each, as ``for_decisions()`` reads them."""
    headings = [_("Decision number"), _("Signed on"), _("Signed by"), _("Position of the signer"), _("Unit"), _("Year"),
                _("People"), _("Titles revoked"), pgettext("decision", "State"), _("How it was signed")]  # fmt: skip
    rows: list[list[Value]] = [
        [row.number, row.signed_on, row.signer_name, row.signer_title, row.body, row.year,
         row.people, row.revoked,  # type: ignore[attr-defined]  # annotated
         str(row.state.label), row.get_way_display()]
        for row in decisions
    ]  # fmt: skip
    return Sheet(name=_("Register"), lines=[_("Register of decisions on the title")], headings=headings, rows=rows)


def _state(decision: Decision) -> str:
    if decision.signed_on is None:
        return _("Draft, not signed yet")
    named = _("Decision %(number)s of %(date)s") % {
        "number": decision.number,
        "date": date_format(decision.signed_on, "d/m/Y"),
    }
    return named if decision.is_in_effect else f"{named} ({decision.state.label})"


def _row(place: int, row: DecisionLine | Title) -> list[Value]:
    beginning: list[Value]
    if isinstance(row, DecisionLine):
        beginning = [row.position or place, row.name_shown, row.dossier.person.birth_year, row.place_shown]
        return [*beginning, row.total, "", "", _("not issued yet")]  # type: ignore[attr-defined]
    line = getattr(row.dossier, "decision_line", None)
    beginning = [line.position if line else place, row.name, row.person.birth_year, row.place]
    state = pgettext("title", "revoked") if row.is_revoked else _("valid")
    return [*beginning, row.total, row.number, row.code, state]
