"""What a query was understood as."""

from dataclasses import dataclass

from search.language.lexicon import SPELT_OUT, Row
from search.language.numbers import DocumentNumber
from search.language.slips import Source


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words that must stand in a row. ``toned`` is empty where nothing was said about tones.

    A document that has the words as ``toned`` counts with the whole weight, one that has them only as ``folded`` less,
    and not as having them where it ``needs_marks``: nobody writes the word without, so other marks are another word.
    """

    folded: Row
    toned: Row = ()
    weight: float = 1.0
    source: Source = Source.TYPED
    needs_marks: bool = False


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

    @property
    def spelt_out(self) -> Alternative:
        """What is as sure as an abbreviation's words are; itself where there is none."""
        sure = (one for one in self.alternatives if one.source == Source.SYNONYM and one.weight == SPELT_OUT)
        return next(sure, self.alternatives[0])


@dataclass(frozen=True, slots=True)
class Understood:
    """``phrases`` are folded words that count more in a row, ``quoted`` those that must stand in one.

    ``did_you_mean`` is a better query or ""; ``likeliest`` are the folded words as they were most likely meant.
    """

    typed: str
    parts: tuple[Part, ...] = ()
    phrases: tuple[Row, ...] = ()
    quoted: tuple[Row, ...] = ()
    number: DocumentNumber | None = None
    did_you_mean: str = ""
    likeliest: Row = ()

    @property
    def is_empty(self) -> bool:
        return not self.parts and not self.number

    @property
    def spelt_out(self) -> Row:
        """The likeliest folded words with each abbreviation as what it most likely stands for."""
        return tuple(word for part in self.parts for word in part.spelt_out.folded)
