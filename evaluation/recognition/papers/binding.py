"""The decision with its list as one file, to be signed."""

from collections.abc import Sequence

from evaluation.recognition.models import Decision, DecisionLine
from evaluation.recognition.papers.issuers import association_beneath
from evaluation.recognition.papers.texts import decision_paper, list_paper
from papers.files import pdf_of_all


def drawn_for_signing(decision: Decision, lines: Sequence[DecisionLine]) -> bytes:
    """PDF; the list begins on a page of its own."""
    paper = decision_paper(decision, lines, association_beneath(decision.unit))
    return pdf_of_all([paper, list_paper(decision, lines)], paper.title)
