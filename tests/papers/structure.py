"""What a reading device finds in a PDF: the tags of its structure, in the order in which they are read."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


def tags_of(content: bytes) -> list[str]:
    return list(_tags(PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]))


def _tags(element: Any) -> Iterator[str]:
    found = element.get_object()
    if isinstance(found, list):
        for one in found:
            yield from _tags(one)
    elif isinstance(found, dict):
        if "/S" in found:
            yield str(found["/S"])
        if "/K" in found:
            yield from _tags(found["/K"])
