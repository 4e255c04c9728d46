"""Excel, by openpyxl: each sheet's name and the text of its cells. Figures alone are nothing to search for."""

from collections.abc import Iterator

from openpyxl import load_workbook


def read(path: str) -> Iterator[str]:
    for sheet in load_workbook(path, read_only=True, data_only=True).worksheets:
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            yield " ".join(cell for cell in row if isinstance(cell, str))
