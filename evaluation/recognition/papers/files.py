"""Papers as files to take away: accessible PDF (PDF/UA-1), or .docx."""

import json
from dataclasses import asdict
from pathlib import Path

from django.http import HttpResponse

from evaluation.recognition.certificate import FONTS
from evaluation.recognition.papers.paper import Paper, printable
from evaluation.recognition.papers.typesetting import drawn
from evaluation.recognition.papers.word import WORD, docx_of

_TEMPLATE = Path(__file__).parent / "paper.typ"


def pdf_of(paper: Paper) -> bytes:
    paper = printable(paper)
    described = asdict(paper) | {"title": paper.title, "head": paper.head}
    return drawn(_TEMPLATE, FONTS, {"paper": json.dumps(described)})


def paper_response(paper: Paper, name: str, kind: str) -> HttpResponse:
    """``name`` is the file's, without its ending; ``kind`` is pdf or docx."""
    content, mime = (docx_of(paper), WORD) if kind == "docx" else (pdf_of(paper), "application/pdf")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=mime, headers=headers)
