"""Questions parted into files that an import takes again. Pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

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
