"""The piece of a text in which the searched words stand, cut into what is marked and what is not. Pure.

What is looked for are rows of words: a row is marked where its words stand side by side, so that "kỹ năng công nghệ"
in the place of "kỹ năng số" does not have every "công" marked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from search.language import Token, tokens

_BEFORE = 60
LENGTH = 240


@dataclass(frozen=True)
class Piece:
    text: str
    is_hit: bool


@dataclass(frozen=True)
class Sought:
    """Rows of words to be marked. Where a text has ``toned`` rows, the ``folded`` ones are left alone in it."""

    toned: tuple[tuple[str, ...], ...] = ()
    folded: tuple[tuple[str, ...], ...] = ()
    beginnings: tuple[str, ...] = field(default=())  # of folded words that may be unfinished


Span = tuple[int, int]


def marked(text: str, sought: Sought) -> list[Piece]:
    """The whole text, its hits told apart."""
    pieces: list[Piece] = []
    done = 0
    for start, end in _hits(text, sought):
        if start > done:
            pieces.append(Piece(text[done:start], is_hit=False))
        pieces.append(Piece(text[start:end], is_hit=True))
        done = end
    if done < len(text):
        pieces.append(Piece(text[done:], is_hit=False))
    return pieces


def extract(text: str, sought: Sought) -> list[Piece]:
    """About 240 characters around where most of the searched words stand together; nothing if none does."""
    flat = " ".join(text.split())
    hits = _hits(flat, sought)
    if not hits:
        return []
    start = max(hits, key=lambda hit: (_different(flat, hits, hit[0]), -hit[0]))[0]
    return marked(_cut(flat, max(start - _BEFORE, 0)), sought)


def _hits(text: str, sought: Sought) -> list[Span]:
    """Where the rows stand, in order and without overlaps."""
    found = tokens(text)
    toned = _rows(found, [token.toned for token in found], sought.toned)
    shown = _folded_of(found, toned)
    folded = _rows(found, [token.folded for token in found], sought.folded)
    other = [span for span in folded if not _folded_of(found, [span]) <= shown]
    begun = [(token.start, token.end) for token in found if token.folded.startswith(sought.beginnings or ("\0",))]
    return _apart([*toned, *other, *begun])


def _rows(found: Sequence[Token], words: Sequence[str], rows: Iterable[tuple[str, ...]]) -> list[Span]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for row in rows:
        by_first.setdefault(row[0], []).append(row)
    return [
        (found[place].start, found[place + len(row) - 1].end)
        for place, word in enumerate(words)
        for row in by_first.get(word, ())
        if tuple(words[place : place + len(row)]) == row
    ]


def _folded_of(found: Sequence[Token], spans: Iterable[Span]) -> set[str]:
    return {token.folded for start, end in spans for token in found if start <= token.start and token.end <= end}


def _apart(spans: Iterable[Span]) -> list[Span]:
    kept: list[Span] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _different(text: str, hits: Sequence[Span], start: int) -> int:
    """How many different rows stand within one extract from here."""
    return len({text[begin:end].lower() for begin, end in hits if start <= begin < start + LENGTH - _BEFORE})


def _cut(text: str, start: int) -> str:
    """From the beginning of a word to the end of a word, with dots where something is left out."""
    if start:
        start = text.find(" ", start) + 1
    end = start + LENGTH
    if end >= len(text):
        return ("… " if start else "") + text[start:]
    end = text.rfind(" ", start, end)
    return ("… " if start else "") + text[start:end] + " …"
