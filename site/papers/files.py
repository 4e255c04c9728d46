"""Papers as files to take away: accessible PDF (PDF/UA-1), or .docx."""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import segno
from django.conf import settings
from django.http import HttpResponse

from papers.paper import Paper, printable
from papers.typesetting import Inputs, drawn
from papers.word import WORD, docx_of

FONTS = settings.SITE / "static" / "vendor" / "paper-fonts"
TEMPLATE = Path(__file__).parent / "paper.typ"


def pdf_of(paper: Paper) -> bytes:
    return pdf_of_all([paper], paper.title)


def pdf_of_all(papers: Sequence[Paper], title: str) -> bytes:
    """One file, each paper from a page of its own on."""
    return drawn(TEMPLATE, FONTS, inputs_of_all(papers, title))


def inputs_of_all(papers: Sequence[Paper], title: str) -> Inputs:
    """What ``TEMPLATE`` takes."""
    described = [asdict(paper) | {"head": paper.head} for paper in map(printable, papers)]
    return {"papers": json.dumps(described), "title": printable(title)}


def paper_response(paper: Paper, name: str, kind: str) -> HttpResponse:
    """``name`` is the file's, without its ending; ``kind`` is pdf or docx."""
    content, mime = (docx_of(paper), WORD) if kind == "docx" else (pdf_of(paper), "application/pdf")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=mime, headers=headers)


def qr_of(address: str) -> str:
    """The QR code that leads there, as SVG."""
    drawing = io.BytesIO()
    # Choosing the best mask costs six times the drawing, which thousands of certificates feel; any mask can be read.
    segno.make(address, error="m", micro=False, mask=3).save(drawing, kind="svg", border=0, xmldecl=False, scale=4)
    return drawing.getvalue().decode()
