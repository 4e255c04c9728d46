"""Plain questions as rows of a spreadsheet, and the template to start from."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assessments.formats.question import PlainQuestion
from assessments.formats.texts import storable
from assessments.formats.xlsx import columns
from assessments.kinds.blanks import written_gap
from assessments.kinds.numbers import unambiguous

HOLDS = frozenset(columns.KINDS)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTHS = {columns.PROMPT: 60, columns.FEEDBACK: 40, columns.CODE: 24, columns.TOPIC: 22}


_CHOICES = (
    (columns.KIND, columns.KINDS),
    (columns.DIFFICULTY, columns.DIFFICULTIES),
    (columns.AUDIENCE, columns.AUDIENCES),
)


def write(questions: Iterable[PlainQuestion]) -> bytes:
    """Of kinds in HOLDS."""
    workbook = Workbook(write_only=True)
    _fill(workbook.create_sheet(columns.SHEET), map(_row, questions))
    return _saved(workbook)


def template() -> bytes:
    """An empty sheet with headings and choices, examples of each kind, and how to fill it in."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(columns.SHEET)
    _fill(sheet, ())
    for heading, words in _CHOICES:
        choices = DataValidation("list", formula1=f'"{",".join(words.values())}"', allow_blank=True)
        letter = get_column_letter(columns.HEADINGS.index(heading) + 1)
        choices.add(f"{letter}2:{letter}1000")
        sheet.data_validations.append(choices)
    _fill(workbook.create_sheet("Ví dụ"), columns.WORDS["examples"])
    guide = workbook.create_sheet("Hướng dẫn")
    guide.column_dimensions["A"].width = 110
    for line in columns.WORDS["guide"]:
        guide.append([_cell(guide, line)])
    return _saved(workbook)


def _fill(sheet: Any, rows: Iterable[dict[str, str]]) -> None:
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(columns.HEADINGS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(heading, 18)
    headings = [_cell(sheet, heading) for heading in columns.HEADINGS]
    for cell in headings:
        cell.font = Font(bold=True)
    sheet.append(headings)
    for row in rows:
        sheet.append([_cell(sheet, row.get(heading, "")) for heading in columns.HEADINGS])


def _row(question: PlainQuestion) -> dict[str, str]:
    row = {
        columns.CODE: question.code,
        columns.TOPIC: question.topic,
        columns.DIFFICULTY: columns.DIFFICULTIES.get(question.difficulty, ""),
        columns.AUDIENCE: columns.AUDIENCES.get(question.audience, ""),
        columns.KIND: columns.KINDS[question.kind],
        columns.PROMPT: question.prompt,
        columns.FEEDBACK: question.feedback,
        columns.EXACT: "" if question.is_tolerant else columns.YES,
        columns.CASE: columns.YES if question.is_case_exact else "",
    }
    couples = _couples(question)
    row |= dict(zip(columns.PARTS, [first for first, _second in couples], strict=False))
    row |= dict(zip(columns.PARTNERS, [second for _first, second in couples], strict=False))
    return row | _more(question)


def _couples(question: PlainQuestion) -> list[tuple[str, str]]:
    """What stands in the numbered columns: options, lines, pairs, blanks or criteria."""
    return [
        *((choice.text, "") for choice in question.choices),
        *((item, "") for item in question.items),
        *question.pairs,
        *(("\n".join(right), "\n".join(wrong)) for right, wrong in map(written_gap, question.gaps)),
        *((text, str(points)) for text, points in question.criteria),
    ]


def _more(question: PlainQuestion) -> dict[str, str]:
    """What single kinds have beside them."""
    if question.kind == "true_false":
        return {columns.KEY: columns.TRUE if question.answer else columns.FALSE}
    if question.kind in ("single_choice", "multiple_choice"):
        right = (str(number) for number, choice in enumerate(question.choices, start=1) if choice.is_right)
        return {columns.KEY: ", ".join(right)}
    if question.kind == "numeric":
        asked = {columns.UNIT_ASKED: columns.YES} if question.is_unit_asked else {}
        numbers = {columns.KEY: unambiguous(question.number), columns.TOLERANCE: unambiguous(question.tolerance)}
        return {**asked, **numbers, columns.UNITS: "; ".join(question.units)}
    return {columns.PASSAGE: question.passage, columns.GUIDE: question.guide}


def _cell(sheet: Any, text: str) -> Any:
    """Text whatever it begins with: nothing that a question holds is a formula."""
    if not text:
        return None
    cell = WriteOnlyCell(sheet, storable(text))
    cell.data_type = "s"
    cell.alignment = _WRAPPED
    return cell


def _saved(workbook: Workbook) -> bytes:
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()
