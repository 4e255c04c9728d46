"""Danh sách: the people of a decision as a table, as offices hand it on."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evaluation.recognition.models import Decision, DecisionLine
from interface.sheets import Sheet, Value


def list_of_people(decision: Decision, lines: Iterable[DecisionLine]) -> Sheet:
    return Sheet(
        name=_("List"),
        lines=[
            _("List of people: title Learning Citizen %(year)s") % {"year": decision.year},
            decision.unit.name,
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
        rows=[_row(place, line) for place, line in enumerate(lines, start=1)],
    )


def register_of(decisions: Iterable[Decision]) -> Sheet:
    """Sổ đăng ký: issued decisions with how many people stand on each, as ``for_decisions()`` reads them."""
    headings = [_("Decision number"), _("Signed on"), _("Signed by"), _("Position of the signer"), _("Unit"), _("Year"),
                _("People"), _("Titles revoked"), _("State"), _("How it was signed")]  # fmt: skip
    rows: list[list[Value]] = [
        [row.number, row.signed_on, row.signer_name, row.signer_title, row.unit.name, row.year,
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


def _row(place: int, line: DecisionLine) -> list[Value]:
    person, title = line.dossier.person, getattr(line.dossier, "title", None)
    beginning: list[Value] = [place, person.full_name, person.birth_year, line.dossier.unit.name]
    if title is None:
        return [*beginning, line.total, "", "", _("not issued yet")]  # type: ignore[attr-defined]
    return [
        *beginning,
        title.total,
        title.number,
        title.code,
        pgettext("title", "revoked") if title.is_revoked else _("valid"),
    ]
