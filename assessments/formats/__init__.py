"""Files of questions: how each format is read into plain questions and written from them. Pure."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.formats import aiken, gift, moodle, qti, xlsx
from assessments.formats.question import Parsed, PlainQuestion, Problem
from intake.plan import UnreadableError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_XLSX, _ZIP = "xlsx", "qti3"
MOST_BYTES = 20 * 1024 * 1024  # of a file that comes in
MOST_QUESTIONS = 20_000
_AROUND_A_FILE = 20_000  # head and foot
_AROUND_A_MEDIUM = 1_000


@dataclass(frozen=True)
class Size:
    """What one question weighs in bytes: its words, escaped as files escape them, and each picture and sound."""

    kind: str
    words: int
    media: Sequence[int] = ()

    def in_file(self, around: int, *, with_media: bool) -> int:
        """At most; ``around`` is what a format writes around the words. Base64 makes four bytes of three."""
        carried = sum(size * 4 // 3 + _AROUND_A_MEDIUM for size in self.media) if with_media else 0
        return around + self.words + carried


@dataclass(frozen=True)
class Format:
    """``holds``: the kinds that it can write; ``loses``: what of those it cannot.

    ``around``: how many bytes it writes around the words of one question, at most.
    """

    key: str
    label: str | Promise
    extension: str
    media_type: str
    read: Callable[[bytes], Iterator[Parsed]]
    write: Callable[[Iterable[PlainQuestion]], bytes]
    holds: frozenset[str]
    loses: str | Promise = ""
    reads_as: str | Promise = ""
    carries_media: bool = False
    carries_feedback: bool = True
    around: int = 500

    def parts(self, sizes: Iterable[Size]) -> list[range]:
        """Of questions that it holds, the places of those that one file takes: an import reads each of the files."""
        return parted(size.in_file(self.around, with_media=self.carries_media) for size in sizes)

    @property
    def family(self) -> str | Promise:
        """What its files are called when read: versions of one format share a reader."""
        return self.reads_as or self.label


FORMATS = {
    each.key: each
    for each in (
        Format("gift", "GIFT", "gift.txt", "text/plain", gift.read, gift.write, gift.HOLDS),
        Format(
            "moodle", "Moodle XML", "xml", "application/xml", moodle.read, moodle.write, moodle.HOLDS,
            carries_media=True, around=2_500,
        ),
        Format(
            "aiken", "Aiken", "aiken.txt", "text/plain", aiken.read, aiken.write, aiken.HOLDS,
            _("It has no place for codes, topics, difficulty and explanations, and each text stands on one line."),
            carries_feedback=False,
        ),
        Format(
            "qti2", "QTI 2.2", "qti22.zip", "application/zip", qti.read, qti.write_2, qti.HOLDS, reads_as="QTI",
            carries_media=True, around=2_500,
        ),
        Format(
            "qti3", "QTI 3.0", "qti30.zip", "application/zip", qti.read, qti.write_3, qti.HOLDS, reads_as="QTI",
            carries_media=True, around=2_500,
        ),
        Format("xlsx", "Excel (.xlsx)", "xlsx", XLSX, xlsx.read, xlsx.write, xlsx.HOLDS),
    )
}  # fmt: skip


def guess(name: str, content: bytes) -> str | None:
    """The key of a format, or None if it looks like none."""
    extension = name.rpartition(".")[2].lower()
    if content.startswith(b"PK"):
        return _XLSX if extension == "xlsx" or b"xl/workbook.xml" in content else _ZIP
    start = content[:4000].decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    if start.lstrip("\ufeff \r\n\t").startswith("<"):
        return _of_xml(start)
    if re.search(r"^\s*ANSWER\s*:\s*[A-Z]", start, re.MULTILINE | re.IGNORECASE) and "{" not in start:
        return "aiken"
    if "{" in start or extension == "gift":
        return "gift"
    return "gift" if extension == "txt" else None


def size_of(kind: str, words: Sequence[Any], media: Sequence[int]) -> Size:
    """From all that is said in a question, as plain values, and the bytes of each picture and sound."""
    return Size(kind, len(escape(json.dumps(words, ensure_ascii=False)).encode()), media)


def parted(weights: Iterable[int]) -> list[range]:
    """The places of questions that go into one file together, in their order; too heavy for any, one is in none."""
    parts, begin, end, filled = [], 0, 0, _AROUND_A_FILE
    for end, weight in enumerate(weights, start=1):
        if filled + weight <= MOST_BYTES and end - begin <= MOST_QUESTIONS:
            filled += weight
            continue
        parts.append(range(begin, end - 1))
        is_too_heavy = _AROUND_A_FILE + weight > MOST_BYTES
        begin, filled = (end, _AROUND_A_FILE) if is_too_heavy else (end - 1, _AROUND_A_FILE + weight)
    return [part for part in [*parts, range(begin, end)] if part]


def _of_xml(start: str) -> str | None:
    if re.search(r"<quiz[\s>]", start):
        return "moodle"
    return _ZIP if re.search(r"<(?:\w+:)?(?:qti-assessment-item|assessmentItem)[\s>]", start) else None
