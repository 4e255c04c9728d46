"""Word, by python-docx: paragraphs and tables in their order."""

from collections.abc import Iterator

from docx import Document
from docx.table import Table


def read(path: str) -> Iterator[str]:
    for part in Document(path).iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                yield " ".join(cell.text for cell in row.cells)
        else:
            yield part.text
