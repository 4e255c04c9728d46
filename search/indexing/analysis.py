"""What an index is made of: the words of a document as searches compare them. Pure.

A *term* is what an inverted list is kept for: a word, folded and, where it says more, toned; the same word once more
with ``TITLE`` or ``STRONG`` before it where it stands in a good place; two folded words in a row; a document number.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from search.contract import Document
from search.language import tokens

TITLE = "t."  # the title's words, and the document number's
STRONG = "s."  # those, the summary's, and what the body says again and again
NUMBER = "n."
OFTEN = 3
# A whole book may be attached: beyond this many characters of a text nothing is indexed.
MOST_CHARACTERS = 400_000
# What ranking looks at of a body; words beyond it are found but count no more than that.
RANKED_CHARACTERS = 4_000
_LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Row:
    """Words with one blank before, between and after, so that " hoc " is found where the word stands."""

    toned: str
    folded: str


@dataclass(frozen=True, slots=True)
class Analysed:
    title: Row
    summary: Row
    body: Row
    terms: list[str]
    words: list[str]
    pairs: list[tuple[str, str]]


def analyse(document: Document) -> Analysed:
    """``words`` and ``pairs`` are toned, for the vocabulary: each once."""
    title, summary = _read(document.title), _read(document.summary)
    body = _read(" ".join((document.body, document.beside, document.files))[:MOST_CHARACTERS])
    named = _read(" ".join(document.numbers and (document.beside,)))
    rows = Row(*(_row(words)[:RANKED_CHARACTERS] for words in body))
    shown = title[0] + summary[0]
    return Analysed(
        title=Row(*map(_row, title)),
        summary=Row(*map(_row, summary)),
        body=rows,
        terms=_terms(title, summary, body, named, document.numbers),
        words=list(dict.fromkeys(shown + rows.toned.split())),
        pairs=list(dict.fromkeys([*itertools.pairwise(title[0]), *itertools.pairwise(summary[0])])),
    )


def number_term(key: str) -> str:
    """A canonical document number as a term."""
    return NUMBER + key.replace("|", ".").replace(" ", "")


def pair_term(first: str, second: str) -> str:
    return f"{first}+{second}"


Words = tuple[list[str], list[str]]


def _read(text: str) -> Words:
    forms = list(map(_forms, _WORD.findall(unicodedata.normalize("NFC", text))))
    return [toned for toned, _folded in forms], [folded for _toned, folded in forms]


@lru_cache(maxsize=65_536)
def _forms(word: str) -> tuple[str, str]:
    """A word as ``tokens`` reads it, remembered: a rebuild reads the same few thousand over and over."""
    token = tokens(word)[0]
    return token.toned[:_LONGEST_WORD], token.folded[:_LONGEST_WORD]


def _terms(title: Words, summary: Words, body: Words, named: Words, numbers: Iterable[str]) -> list[str]:
    """Each once. Lists rather than generators: a rebuild spends most of its time here."""
    found: list[str] = []
    for toned, folded in (title, summary, body):
        found += folded
        found += toned
        found += [f"{first}+{second}" for first, second in itertools.pairwise(folded)]  # as ``pair_term`` writes it
    strong = [word for words in (*title, *summary, *named) for word in words]
    strong += [word for words in body for word, count in Counter(words).items() if count >= OFTEN]
    found += [STRONG + word for word in strong]
    found += [TITLE + word for words in title for word in words]
    found += map(number_term, numbers)
    return list(dict.fromkeys(found))


def _row(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
