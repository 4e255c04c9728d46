"""An organiser's spreadsheet of who was there, as a kind of import: its scope is the session."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.kinds import Kind
from intake.models import ImportLine
from intake.plan import Line, Outcome, RefusedError
from intake.tables import Layout, Row, rows
from interface.vietnamese import fold
from learning.evidence.actions import RecordRefusedError
from learning.evidence.models import Evidence
from learning.sessions.actions import How, note_attendance
from learning.sessions.models import Session
from membership.models import Person

MOST_LINES = 2000
_HEADINGS = {
    "code": ("ma", "ma so", "ma nguoi hoc", "code"),
    "name": ("ho ten", "ho va ten", "ten", "full name", "name"),
    "year": ("nam sinh", "birth year", "year"),
}


class Refusal(TextChoices):
    TWICE = "twice", gettext_lazy("Stands in the file twice")
    WITHDREW = (
        "withdrew",
        gettext_lazy("Withdrew their consent, or asked not to use their data for now: nothing is written"),
    )
    UNKNOWN = "unknown", gettext_lazy("Nobody of this unit was found")
    SEVERAL = "several", gettext_lazy("Several people bear this name: give the code")


class AttendanceSheet(Kind[Row]):
    """Read and noted while the organiser waits; names are forgotten with it."""

    key = "attendance"
    at_once = is_whole = True
    is_kept = False
    kept_days = 1
    chunk = most_rows = MOST_LINES
    most_bytes = 10 * 1024 * 1024
    excerpt_label = gettext_lazy("As typed")
    labels = {
        Outcome.CREATE: gettext_lazy("Will be noted"),
        Outcome.SAME: gettext_lazy("Noted already"),
        Outcome.SKIP: Outcome.SKIP.label,
    }

    @classmethod
    def admits(cls, user: Any, scope: str) -> bool:
        return Session.objects.organised_by(user).filter(pk=scope).exists()

    @classmethod
    def apply_label(cls, count: int) -> str:
        return _("Note these people as present")

    def rows(self, content: bytes) -> Iterator[Row]:
        """Lines that name somebody, beneath the heading that names a column of codes or of names."""
        headings = {heading: name for name, spellings in _HEADINGS.items() for heading in spellings}
        missing = _("This is no .xlsx file with a column “Mã” or “Họ và tên”. Save it as .xlsx.")
        found = rows(content, Layout(headings, lambda names: bool(names & {"code", "name"}), missing))
        return (row for row in found if row.text("code") or row.text("name"))

    def compare(self, rows: Sequence[Row]) -> Iterator[Line]:
        """Three queries, however many lines and however many people the unit has."""
        people = list(self._people().called([row.text("code").upper() for row in rows], map(_folded_name, rows)))
        noted = set(Evidence.objects.noted_in(self._session, self.by).values_list("person_id", flat=True))
        by_code = {person.code: person for person in people}
        by_name: dict[str, list[Person]] = {}
        for person in people:
            by_name.setdefault(person.folded_name, []).append(person)
        before: set[int] = set()
        for row in rows:
            code = row.text("code").upper()
            found = [by_code[code]] if code in by_code else [] if code else _named(row, by_name)
            yield _line(row, found, noted, before, self.by.person_id)
            before |= {person.pk for person in found[:1] if len(found) == 1}

    def write(self, lines: Sequence[ImportLine]) -> None:
        people = self._people().filter(pk__in=[line.content["person"] for line in lines if line.content])
        try:
            new = note_attendance(session=self._session, people=people, how=How.SPREADSHEET, by=self.by, at=self.at)
        except RecordRefusedError as refused:
            raise RefusedError(_("The session has not begun yet: nobody can be noted before.")) from refused
        self.batch.details["noted"] = len(new)
        self.batch.details["has_noted_self"] = any(row.person_id == self.by.person_id for row in new)

    @cached_property
    def _session(self) -> Session:
        return Session.objects.select_related("unit").get(pk=self.batch.scope)

    def _people(self) -> Any:
        return Person.objects.belonging_below(self._session.unit, timezone.localdate(self._session.starts_at))


def _line(row: Row, found: list[Person], noted: set[int], before: set[int], own: int | None) -> Line:
    typed = " ".join(filter(None, (row.text(name) for name in _HEADINGS)))
    if len(found) != 1:
        refusal = Refusal.SEVERAL if found else Refusal.UNKNOWN
        return Line(row.line, excerpt=typed, reasons=(str(refusal.label),))
    person = found[0]
    if person.withdrawn_at:
        return Line(row.line, excerpt=typed, code=person.code, reasons=(str(Refusal.WITHDREW.label),))
    if person.pk in noted:
        return Line(row.line, excerpt=typed, outcome=Outcome.SAME, code=person.code)
    if person.pk in before:
        return Line(row.line, excerpt=typed, code=person.code, reasons=(str(Refusal.TWICE.label),))
    who = [f"{person.full_name} ({person.code})"]
    if person.pk == own:
        who.append(_("yourself: it counts as declared until another organiser notes it too"))
    return Line(row.line, "", typed, Outcome.CREATE, person.code, tuple(who), {"person": person.pk})


def _named(row: Row, by_name: dict[str, list[Person]]) -> list[Person]:
    """By name, and birth year where one is given; a code that is none stands for nobody."""
    year = row.text("year")[:4]
    named = by_name.get(_folded_name(row), [])
    return [person for person in named if not year.isdecimal() or int(year) == person.birth_year]


def _folded_name(row: Row) -> str:
    return fold(row.text("name"))
