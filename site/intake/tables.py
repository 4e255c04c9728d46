"""Tables from strangers: .xlsx and .csv, one row at a time and within limits, with headings found by their words."""

import csv
import datetime
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO, TextIOWrapper
from itertools import chain, islice
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from intake.old_letters import Letters, converted, has_unicode_letters, letters_of
from intake.plan import UnreadableError
from intake.texts import decoded, encoding_of, is_old_encoding
from interface.vietnamese import fold, nfc, storable

MOST_UNPACKED = 400 * 1024 * 1024
LARGEST_KEPT = 60 * 1024 * 1024  # of what is not read row by row
HIGHEST_RATIO = 200
MOST_ENTRIES = 5_000
MOST_COLUMNS = 60
HEADING_WITHIN = 20  # rows
_LAST_ROW = 1_048_576  # of a sheet; a file may claim that its next row is the trillionth
_RATIO_COUNTS_FROM = 1024 * 1024
_LOOKED_AT_FOR_OLD_LETTERS = 1_000  # rows
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_ROOT = re.compile(rb"<[A-Za-z_]")
_DAMAGED = (zipfile.BadZipFile, InvalidFileException, ParseError, SyntaxError, LookupError, ValueError, TypeError,
            OSError, EOFError, NotImplementedError, RuntimeError, zlib.error)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """The cells under known headings, as the file has them; ``line`` as a spreadsheet counts.

    ``letters``: those of before Unicode from which cells were converted; ``unclear``: a cell left as it is, since it
    reads as if typed in other letters than its column.
    """

    line: int
    cells: Mapping[str, Any]
    letters: str = ""
    unclear: str = ""

    def text(self, name: str) -> str:
        return text_of_cell(self.cells.get(name))


@dataclass(frozen=True)
class Layout:
    """``headings``: what each column is called, in any spelling of ``fold``, and the name it is read under.

    ``own``: those of the template itself. They win over what else a column may be called, and where there are any, two
    columns that claim one place are refused: nobody knows which one is meant.
    ``reads_old_letters``: a column that was typed in TCVN3 or VNI is converted, else such a file is refused.
    ``is_complete`` says whether the columns found are enough; ``missing`` is said where no row of headings has them.
    """

    headings: Mapping[str, str]
    is_complete: Callable[[set[str]], bool]
    missing: str
    sheet: str = ""
    takes_text: bool = True
    refuses_old_letters: bool = True
    reads_old_letters: bool = False
    own: Collection[str] = ()


def rows(content: bytes, layout: Layout) -> Iterator[Row]:
    """Every row beneath the headings that has anything in it. Raises UnreadableError."""
    read = _rows(content, layout)
    return _in_unicode(read) if layout.reads_old_letters else read


def _in_unicode(read: Iterator[Row]) -> Iterator[Row]:
    """By the letters of the first rows of each column."""
    first = list(islice(read, _LOOKED_AT_FOR_OLD_LETTERS))
    texts: dict[str, list[str]] = {}
    for row in first:
        for name, cell in row.cells.items():
            if isinstance(cell, str):
                texts.setdefault(name, []).append(cell)
    old = {name: letters for name, column in texts.items() if (letters := letters_of(column)) != Letters.UNICODE}
    if None in old.values():
        raise UnreadableError(
            _("Some of the text may have been typed in TCVN3 or VNI, and not all of it. Convert it to Unicode first.")
        )
    clear = {name: letters for name, letters in old.items() if letters is not None}
    yield from (_converted(row, clear) for row in chain(first, read))


def _converted(row: Row, old: Mapping[str, Letters]) -> Row:
    """``old`` are the letters of its columns. Both “Lê Hùng” and “Lờ Hựng” are names, so that a cell which reads as
    well in other letters is not changed."""
    new = {
        name: text
        for name, letters in old.items()
        if isinstance(cell := row.cells.get(name), str) and (text := converted(cell, letters)) != cell
    }
    unclear = next((row.cells[name] for name in new if not _is_typed_in(row.cells[name], old[name])), "")
    letters = next((old[name] for name in new), "")
    return replace(row, unclear=unclear) if unclear else replace(row, cells={**row.cells, **new}, letters=letters)


def _is_typed_in(cell: str, letters: Letters) -> bool:
    seems = letters_of([cell])
    return seems == letters or (seems is None and not has_unicode_letters(cell))


def _rows(content: bytes, layout: Layout) -> Iterator[Row]:
    found: dict[int, str] = {}
    is_old = 0
    for number, cells in enumerate(lines(content, layout.sheet, takes_text=layout.takes_text), start=1):
        if layout.refuses_old_letters and number <= _LOOKED_AT_FOR_OLD_LETTERS:
            is_old += is_old_encoding(" ".join(cell for cell in cells if isinstance(cell, str)))
            if is_old > 1:
                raise UnreadableError(_("The text was typed in TCVN3 or VNI. Convert it to Unicode first."))
        if not found:
            found = _headings(cells, layout)
            if not found and number >= HEADING_WITHIN:
                break
        elif any(cell is not None and str(cell).strip() for cell in cells):
            yield Row(number, {found[place]: cell for place, cell in enumerate(cells) if place in found})
    if not found:
        raise UnreadableError(layout.missing)


def text_of_cell(cell: Any) -> str:
    """Its words; a whole number without the “.0” that spreadsheets put behind it."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else " ".join(nfc(str(cell)).split())


def day_of_cell(cell: Any) -> datetime.date | None:
    """Typed as day/month/year or in ISO form; None where it is no day."""
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = text_of_cell(cell)
    vietnamese, iso = _DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    parts = vietnamese.groups()[::-1] if vietnamese else iso.groups() if iso else ("0", "0", "0")
    try:
        return datetime.date(*map(int, parts))
    except ValueError:
        return None


def lines(content: bytes, sheet: str = "", *, takes_text: bool = True) -> Iterator[Sequence[Any]]:
    """The cells of each line of the sheet of that name, else of the first; of a file that is no workbook, as text."""
    if takes_text and not content.startswith(b"PK\x03\x04"):
        yield from _text_lines(content)
        return
    book = workbook(content)
    with reading():
        chosen = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
        yield from lines_of(chosen)


def workbook(content: bytes) -> Any:
    """Opened for reading alone, its sheets' cells still packed. Raises UnreadableError."""
    with reading():
        with zipfile.ZipFile(BytesIO(content)) as archive:
            require_harmless(archive)
        return load_workbook(BytesIO(content), read_only=True, data_only=True)


def lines_of(sheet: Any) -> Iterator[Sequence[Any]]:
    """Raises UnreadableError."""
    with reading():
        for cells in sheet.iter_rows(max_col=MOST_COLUMNS, max_row=_LAST_ROW, values_only=True):
            yield [storable(cell) if isinstance(cell, str) else cell for cell in cells]


@contextmanager
def reading(told: str = "") -> Iterator[None]:
    """What is wrong with a packed file is said in words; ``told`` where it is no spreadsheet."""
    try:
        yield
    except UnreadableError:
        raise
    except _DAMAGED as wrong:
        told = told or _("The spreadsheet is damaged. Open it, save it as .xlsx and try again.")
        raise UnreadableError(told) from wrong


def require_harmless(archive: zipfile.ZipFile) -> None:
    """Against archives that are made to do harm; a part is never unpacked beyond the size that it names. Raises
    UnreadableError."""
    parts = archive.infolist()
    is_bomb = len(parts) > MOST_ENTRIES or sum(part.file_size for part in parts) > MOST_UNPACKED
    for part in parts:
        is_thin = part.file_size > HIGHEST_RATIO * max(part.compress_size, 1)
        is_large = part.file_size > LARGEST_KEPT and not part.filename.startswith("xl/worksheets/")
        is_bomb = is_bomb or is_large or (part.file_size > _RATIO_COUNTS_FROM and is_thin)
    if is_bomb:
        message = _("Unpacked, the file would be far larger than it is, or than %(size)d MB.")
        raise UnreadableError(message % {"size": MOST_UNPACKED // 1024**2})
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as content:
                _check_head(content.read(64 * 1024))


def _check_head(head: bytes) -> None:
    """Entities are declared before the first element, in an encoding that shows them here."""
    root = _ROOT.search(head)
    if root is None or b"\0" in head or b"<!DOCTYPE" in head[: root.start()]:
        raise UnreadableError(
            _("The file holds a document type or entities, which can do harm. Export it again without them.")
        )


def _text_lines(content: bytes) -> Iterator[Sequence[Any]]:
    """Parted by whichever of comma, semicolon and tab the first lines have most of."""
    if b"\0" in content:
        decoded(content)  # refuses it, unless it is in UTF-16
    text = TextIOWrapper(BytesIO(content), encoding_of(content), newline="")
    try:
        start = [text.readline(10_000) for _line in range(HEADING_WITHIN)]
        delimiter = max(",;\t", key=lambda mark: sum(line.count(mark) for line in start))
        text.seek(0)
        table = csv.reader(text, delimiter=delimiter)
        yield from ([storable(cell) or None for cell in cells[:MOST_COLUMNS]] for cells in table)
    except UnicodeDecodeError:
        decoded(content)  # says in which line
        raise
    except csv.Error as wrong:
        raise UnreadableError(_("Line %(line)d is no line of a table.") % {"line": table.line_num}) from wrong


def _headings(cells: Iterable[Any], layout: Layout) -> dict[int, str]:
    """Of two columns with one heading the first counts, unless the layout has headings of its own."""
    claims: dict[str, list[tuple[int, str]]] = {}
    for place, cell in enumerate(cells):
        name = _heading(str(cell), layout) if cell is not None else None
        if name:
            claims.setdefault(name, []).append((place, str(cell)))
    if not layout.is_complete(set(claims)):
        return {}
    return {_claimed(claim, layout): name for name, claim in claims.items()}


def _heading(cell: str, layout: Layout) -> str | None:
    letters = Letters if layout.reads_old_letters else (Letters.UNICODE,)
    spellings = (fold(converted(cell, each)) for each in letters)
    return next((layout.headings[spelling] for spelling in spellings if spelling in layout.headings), None)


def _claimed(claim: list[tuple[int, str]], layout: Layout) -> int:
    best = [each for each in claim if fold(each[1]) in layout.own] or claim
    if layout.own and len(best) > 1:
        message = _("“%(one)s” and “%(other)s” head two columns for the same thing. Rename or delete one of them.")
        raise UnreadableError(message % {"one": best[0][1].strip(), "other": best[1][1].strip()})
    return best[0][0]
