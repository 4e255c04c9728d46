"""A spreadsheet that names people of a unit, by code or by name and birth year, as a family of imports. A kind adds who
is there already, whom it refuses, and what becomes of the others."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.kinds import Kind
from intake.models import ImportLine
from intake.plan import Line, Outcome
from intake.tables import Layout, Row, rows
from intake.upload import UploadForm
from interface.vietnamese import fold
from membership.models import Person
from membership.querysets import PersonQuerySet

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


def _headings_told() -> SafeString:
    """The headings as they stand in the file, whatever the page speaks."""
    told = _("An .xlsx file with a heading line: {code} (the code of each person), or {name} and {year}.")
    said = {"code": "Mã", "name": "Họ và tên", "year": "Năm sinh"}
    return format_html(
        told, **{name: format_html('<span lang="vi">“{}”</span>', words) for name, words in said.items()}
    )


class PeopleSheetForm(UploadForm):
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=lazy(_headings_told, SafeString)(),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class PeopleSheet(Kind[Row]):
    """Read and written while the officer waits; names are forgotten with it."""

    at_once = is_whole = True
    is_kept = False
    kept_days = 1
    chunk = most_rows = MOST_LINES
    most_bytes = 10 * 1024 * 1024
    excerpt_label = gettext_lazy("As typed")
    # Of further columns, what their headings may be, folded.
    columns: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def people(self) -> PersonQuerySet:
        """Whom a line may name."""
        raise NotImplementedError

    def there(self) -> Collection[int]:
        """The keys of those who are on the list already."""
        raise NotImplementedError

    def note(self, person: Person) -> str:
        """What else the dry run says of somebody."""
        return ""

    def refused(self, row: Row, person: Person) -> str:
        """Why nothing is written about somebody; nothing said if it may be."""
        return ""

    def content(self, row: Row, person: Person) -> dict[str, Any]:
        return {"person": person.pk}

    def named(self, lines: Sequence[ImportLine]) -> PersonQuerySet:
        """Those of the lines, as they stand now."""
        return self.people().filter(pk__in=[line.content["person"] for line in lines if line.content])

    def rows(self, content: bytes) -> Iterator[Row]:
        """Lines that name somebody, beneath the heading that names a column of codes or of names."""
        columns = {**_HEADINGS, **self.columns}
        headings = {heading: name for name, spellings in columns.items() for heading in spellings}
        missing = _("This is no .xlsx file with a column “Mã” or “Họ và tên”. Save it as .xlsx.")
        found = rows(content, Layout(headings, lambda names: bool(names & {"code", "name"}), missing))
        return (row for row in found if row.text("code") or row.text("name"))

    def compare(self, rows: Sequence[Row]) -> Iterator[Line]:
        """The same few queries, however many lines and however many people the unit has."""
        people = list(self.people().called([row.text("code").upper() for row in rows], map(_folded_name, rows)))
        there = self.there()
        by_code = {person.code: person for person in people}
        by_name: dict[str, list[Person]] = {}
        for person in people:
            by_name.setdefault(person.folded_name, []).append(person)
        before: set[int] = set()
        for row in rows:
            code = row.text("code").upper()
            found = [by_code[code]] if code in by_code else [] if code else _named(row, by_name)
            yield self._line(row, found, there, before)
            before |= {person.pk for person in found[:1] if len(found) == 1}

    def _line(self, row: Row, found: list[Person], there: Collection[int], before: set[int]) -> Line:
        typed = " ".join(filter(None, (row.text(name) for name in _HEADINGS)))
        if len(found) != 1:
            refusal = Refusal.SEVERAL if found else Refusal.UNKNOWN
            return Line(row.line, excerpt=typed, reasons=(str(refusal.label),))
        person = found[0]
        if person.withdrawn_at:
            return Line(row.line, excerpt=typed, code=person.code, reasons=(str(Refusal.WITHDREW.label),))
        if person.pk in there:
            return Line(row.line, excerpt=typed, outcome=Outcome.SAME, code=person.code)
        if person.pk in before:
            return Line(row.line, excerpt=typed, code=person.code, reasons=(str(Refusal.TWICE.label),))
        if against := self.refused(row, person):
            return Line(row.line, excerpt=typed, code=person.code, reasons=(against,))
        who = tuple(filter(None, (f"{person.full_name} ({person.code})", self.note(person))))
        return Line(row.line, "", typed, Outcome.CREATE, person.code, who, self.content(row, person))


def _named(row: Row, by_name: dict[str, list[Person]]) -> list[Person]:
    """By name, and birth year where one is given; a code that is none stands for nobody."""
    year = row.text("year")[:4]
    named = by_name.get(_folded_name(row), [])
    return [person for person in named if not year.isdecimal() or int(year) == person.birth_year]


def _folded_name(row: Row) -> str:
    return fold(row.text("name"))
