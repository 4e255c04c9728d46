"""Papers as files to take away."""

from django.http import HttpResponse

from evaluation.recognition.papers.paper import Paper
from evaluation.recognition.papers.pdf import pdf_of
from evaluation.recognition.papers.word import WORD, docx_of


def paper_response(paper: Paper, name: str, kind: str) -> HttpResponse:
    """``name`` is the file's, without its ending; ``kind`` is pdf or docx."""
    content, mime = (docx_of(paper), WORD) if kind == "docx" else (pdf_of(paper), "application/pdf")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=mime, headers=headers)
