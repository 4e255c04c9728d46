"""PDF, by pypdf. Scanned pages have no text: they give nothing."""

import logging
from collections.abc import Iterator

from pypdf import PdfReader

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read(path: str) -> Iterator[str]:
    for page in PdfReader(path).pages:
        yield page.extract_text()
