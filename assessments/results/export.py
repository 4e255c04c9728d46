"""Attempts as a spreadsheet, as the list shows them."""

from collections.abc import Iterable
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook

from assessments.models import Attempt


def spreadsheet(attempts: Iterable[Attempt]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_("All attempts"))
    sheet.append([
        _("Code"), pgettext("person", "Name"), _("Attempt"), _("Started"), _("Handed in"), _("Points"), _("of"),
        _("Result"), _("Signals"),
    ])  # fmt: skip
    for attempt in attempts:
        sheet.append(_row(attempt))
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _row(attempt: Attempt) -> list[object]:
    person = attempt.enrolment.person
    return [
        person.code,
        _plain(person.full_name),
        attempt.number,
        _moment(attempt.started_at),
        _moment(attempt.finished_at),
        attempt.points,
        attempt.max_points,
        {True: _("Passed"), False: _("Not passed yet")}.get(attempt.is_passed, ""),  # type: ignore[arg-type]
        ", ".join(signal.get_kind_display() for signal in attempt.signals.all() if signal.cleared_at is None),
    ]


def _plain(text: str) -> str:
    """A spreadsheet would take text that begins so for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _moment(at):  # type: ignore[no-untyped-def]  # a moment or None; spreadsheets know no time zones
    return timezone.localtime(at).replace(tzinfo=None) if at else None
