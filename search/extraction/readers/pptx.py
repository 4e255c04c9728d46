"""PowerPoint, by python-pptx: what stands on the slides, in tables and groups too, and the speaker's notes."""

from collections.abc import Iterator
from typing import Any

from pptx import Presentation


def read(path: str) -> Iterator[str]:
    for slide in Presentation(path).slides:
        yield from _shapes(slide.shapes)
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame:
            yield slide.notes_slide.notes_text_frame.text


def _shapes(shapes: Any) -> Iterator[str]:
    for shape in shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        elif getattr(shape, "has_table", False) and shape.has_table:
            for row in shape.table.rows:
                yield " ".join(cell.text for cell in row.cells)
        elif hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
