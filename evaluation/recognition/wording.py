"""Whether a PDF that is another file than the one issued says the same, word for word: a program saved the decision
anew, or it was signed in another system. Pure. What pictures, stamps and notes show, nobody but a person compares."""

import unicodedata
from io import BytesIO

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from evaluation.recognition.refusals import Reason, SignatureRefusedError
from evaluation.recognition.signatures import STUMBLES

_SHOWN = 120  # of a text that differs, so much is named


class WordsDifferError(Exception):
    """The text says what differs, for whoever chose the file."""


def compare(issued: bytes, handed_in: bytes) -> None:
    """:raises WordsDifferError: naming the first line that differs, white space aside.
    :raises SignatureRefusedError: where the file cannot be read."""
    said, found = _pages(issued), _pages(handed_in)
    if len(said) != len(found):
        told = _("The file has %(found)s pages, the decision has %(said)s.")
        raise WordsDifferError(told % {"found": len(found), "said": len(said)})
    for ours, theirs in zip(said, found, strict=True):
        _compare(ours, theirs)


def _compare(said: list[str], found: list[str]) -> None:
    folded, place = "".join(map(_folded, found)), 0
    for line in said:
        wanted = _folded(line)
        if not folded.startswith(wanted, place):
            told = _("The decision says “%(said)s” where the file says “%(found)s”.")
            raise WordsDifferError(told % {"said": line.strip()[:_SHOWN], "found": _line_at(found, place)[:_SHOWN]})
        place += len(wanted)
    if place < len(folded):
        told = _("The file says “%(found)s”, of which the decision says nothing.")
        raise WordsDifferError(told % {"found": _line_at(found, place)[:_SHOWN]})


def _pages(pdf: bytes) -> list[list[str]]:
    """The lines of each page."""
    try:
        return [page.extract_text().splitlines() for page in PdfReader(BytesIO(pdf)).pages]
    except (PyPdfError, *STUMBLES) as stumble:
        raise SignatureRefusedError(Reason.UNREADABLE) from stumble


def _line_at(lines: list[str], place: int) -> str:
    """Which line holds the character at that place of the folded text; empty after the last."""
    for line in lines:
        place -= len(_folded(line))
        if place < 0:
            return line.strip()
    return ""


def _folded(line: str) -> str:
    return "".join(unicodedata.normalize("NFC", line).split())
