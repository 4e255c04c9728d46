"""The piece of a text in which the searched words stand, cut into what is marked and what is not. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from membership.vietnamese import fold
from training_materials.folding import toned_word

_WORD = re.compile(r"[^\W_]+")
_BEFORE = 60
LENGTH = 240


@dataclass(frozen=True)
class Piece:
    text: str
    is_hit: bool


def marked(text: str, words: list[str], toned: Sequence[str] = ()) -> list[Piece]:
    """The whole text, its hits told apart: a word is hit when it begins with a searched word, folded.

    Where the query carried marks, only words with those marks are hit, unless the text has none of them.
    """
    pieces: list[Piece] = []
    done = 0
    for start, end in _toned_hits(text, toned) or _hits(text, words):
        if start > done:
            pieces.append(Piece(text[done:start], is_hit=False))
        pieces.append(Piece(text[start:end], is_hit=True))
        done = end
    if done < len(text):
        pieces.append(Piece(text[done:], is_hit=False))
    return pieces


def extract(text: str, words: list[str], toned: Sequence[str] = ()) -> list[Piece]:
    """About 240 characters around where most of the searched words stand together; nothing if none does."""
    flat = " ".join(text.split())
    hits = _toned_hits(flat, toned) or _hits(flat, words)
    if not hits:
        return []
    start = max(hits, key=lambda hit: (_different(flat, hits, hit[0], words), -hit[0]))[0]
    return marked(_cut(flat, max(start - _BEFORE, 0)), words, toned)


def _hits(text: str, words: list[str]) -> list[tuple[int, int]]:
    beginnings = tuple(words)
    if not beginnings:
        return []
    return [found.span() for found in _WORD.finditer(text) if fold(found.group()).startswith(beginnings)]


def _toned_hits(text: str, toned: Sequence[str]) -> list[tuple[int, int]]:
    """Whole words only: the beginning of a word says nothing about its tone."""
    if not toned:
        return []
    return [found.span() for found in _WORD.finditer(text) if toned_word(found.group().casefold()) in toned]


def _different(text: str, hits: list[tuple[int, int]], start: int, words: list[str]) -> int:
    """How many different words stand within one extract from here."""
    near = [fold(text[begin:end]) for begin, end in hits if start <= begin < start + LENGTH - _BEFORE]
    return sum(any(one.startswith(word) for one in near) for word in words)


def _cut(text: str, start: int) -> str:
    """From the beginning of a word to the end of a word, with dots where something is left out."""
    if start:
        start = text.find(" ", start) + 1
    end = start + LENGTH
    if end >= len(text):
        return ("… " if start else "") + text[start:]
    end = text.rfind(" ", start, end)
    return ("… " if start else "") + text[start:end] + " …"
