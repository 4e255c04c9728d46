"""Papers as accessible PDF (PDF/UA-1)."""

import json
from dataclasses import asdict
from pathlib import Path

from evaluation.recognition.certificate import FONTS
from evaluation.recognition.papers.paper import Paper
from evaluation.recognition.papers.typesetting import drawn

_TEMPLATE = Path(__file__).parent / "paper.typ"


def pdf_of(paper: Paper) -> bytes:
    described = asdict(paper) | {"title": paper.title, "head": paper.head}
    return drawn(_TEMPLATE, FONTS, {"paper": json.dumps(described)})
