"""The texts of consent on paper, with room for what the person and, for a child, who represents them write and sign."""

import json
from collections.abc import Iterable
from pathlib import Path

from membership.models import ConsentText
from papers.files import FONTS
from papers.paper import printable
from papers.typesetting import drawn

_TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf_of_texts(texts: Iterable[ConsentText]) -> bytes:
    described = [
        {
            "title": str(text.about.title),
            "accepts": str(text.about.accepts),
            "version": text.version,
            "paragraphs": [printable(part) for part in text.told.split("\n") if part.strip()],
        }
        for text in texts
    ]
    return drawn(_TEMPLATE, FONTS, {"title": "Giấy đồng ý", "texts": json.dumps(described)})
