"""What a typed query means: for each word or set term the ways in which a document may have it, weighed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from search.language.numbers import DocumentNumber, find_number
from search.language.reading import tokens

MAX_WORDS = 12


class Source(StrEnum):
    """Why an alternative is looked for, the surest first."""

    TYPED = "typed"
    DECODED = "decoded"  # Telex or VNI keys that no input method turned into marks
    PARTED = "parted"  # words typed without a blank between them
    SYNONYM = "synonym"
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words that must stand in a row. ``toned`` is empty where nothing was said about tones.

    A document that has the words as ``toned`` counts more than one that has them as ``folded`` only.
    """

    folded: tuple[str, ...]
    toned: tuple[str, ...] = ()
    weight: float = 1.0
    source: Source = Source.TYPED


@dataclass(frozen=True, slots=True)
class Part:
    """One word or term of the query; a document has it when it has any alternative, the best first.

    Optional parts ("về", "cho") only add to the rank. Where ``is_unfinished``, the last word of the first alternative
    may be the beginning of a longer word.
    """

    typed: str
    alternatives: tuple[Alternative, ...]
    is_optional: bool = False
    is_unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """``phrases`` are folded words that count more in a row; ``did_you_mean`` is a better query or ""."""

    typed: str
    parts: tuple[Part, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    number: DocumentNumber | None = None
    did_you_mean: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.parts and not self.number


class Vocabulary(Protocol):
    """The words of what may be found: each folded word with its toned forms and in how many documents they are."""

    @property
    def words(self) -> Mapping[str, Mapping[str, int]]: ...

    @property
    def pairs(self) -> Mapping[tuple[str, str], int]:
        """Toned words that stand side by side in titles and summaries, and how often."""


@dataclass(frozen=True)
class Words:
    """A vocabulary held in memory."""

    words: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)


def understand(typed: str, vocabulary: Vocabulary) -> Understood:
    """The query read as one of Vietnamese words; the same query and vocabulary give the same answer."""
    found = tokens(typed)[:MAX_WORDS]
    says_tones = any(not token.toned.isascii() for token in found)
    parts = tuple(
        Part(token.toned, (Alternative((token.folded,), (token.toned,) if says_tones else ()),)) for token in found
    )
    row = tuple(token.folded for token in found)
    return Understood(typed=typed, parts=parts, phrases=(row,) if len(row) > 1 else (), number=find_number(typed))
