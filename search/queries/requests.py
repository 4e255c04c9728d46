"""From what was understood to what an engine is asked. Pure."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from search.contract import Alternative as Sought
from search.contract import Clause, Phrase, SearchRequest
from search.language import Part, Source, Understood, has_marks

# A document that has the word with other marks than were typed or guessed counts so much.
OTHER_MARKS = 0.75
UNFINISHED = 0.7
SMALL_WORD = 0.4
WHOLE_ROW, TWO_IN_A_ROW = 1.0, 0.35


def request_for(understood: Understood, wish: SearchRequest, *, with_other_marks: bool = False) -> SearchRequest:
    """``wish``: what is wanted besides the words. ``with_other_marks``: also what has the letters of a word with marks
    that make another word of it.
    """
    says_tones = has_marks(understood.typed)
    return replace(
        wish,
        clauses=tuple(
            Clause(tuple(_sought(part, says_tones, with_other_marks)), is_required=not part.is_optional)
            for part in understood.parts
        ),
        phrases=tuple(_phrases(understood)),
        document_number=understood.number.key if understood.number else "",
    )


def _sought(part: Part, says_tones: bool, with_other_marks: bool) -> Iterator[Sought]:
    found: dict[tuple[str, bool], Sought] = {}
    for one in _both_forms(part, says_tones, with_other_marks):
        kept = found.get((one.term, one.is_toned))
        if kept is None or kept.weight < one.weight:
            found[one.term, one.is_toned] = one
    for one in sorted(found.values(), key=lambda one: -one.weight):
        yield replace(one, weight=one.weight * SMALL_WORD) if part.is_optional else one
    if part.is_unfinished:
        yield Sought(" ".join(part.alternatives[0].folded), UNFINISHED, is_prefix=True)


def _both_forms(part: Part, says_tones: bool, with_other_marks: bool) -> Iterator[Sought]:
    """Among words with marks, one without is meant so: "tra" in "kiểm tra" is not "trả"."""
    is_plain_word = says_tones and part.spelt_out is part.alternatives[0]
    for one in part.alternatives:
        folded = " ".join(one.folded)
        says_more = one.toned != one.folded or (is_plain_word and one.source == Source.TYPED)
        has_toned = bool(one.toned) and says_more
        if has_toned:
            yield Sought(" ".join(one.toned), one.weight, is_toned=True)
        if with_other_marks or not one.needs_marks:
            yield Sought(folded, one.weight * OTHER_MARKS if has_toned else one.weight)


def _phrases(understood: Understood) -> Iterator[Phrase]:
    for row in understood.quoted:
        yield Phrase(row, is_required=True)
    for row in understood.phrases:
        yield Phrase(row, WHOLE_ROW)
    wanted = [part for part in understood.parts if not part.is_optional]
    if len(understood.parts) < 3:
        return
    for first, second in pairwise(wanted):
        yield Phrase((*first.alternatives[0].folded, *second.alternatives[0].folded), TWO_IN_A_ROW)
