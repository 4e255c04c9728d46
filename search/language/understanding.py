"""What a typed query means: for each word or set term the ways in which a document may have it, weighed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from search.language.keys import is_marked_syllable
from search.language.lexicon import SPELT_OUT, Lexicon, Row, Term
from search.language.lexicon import shipped as shipped_lexicon
from search.language.numbers import find_number
from search.language.path import convincing, likeliest
from search.language.query import Alternative, Part, Understood
from search.language.slips import Reading, Slot, Source, readings, slots
from search.language.vocabulary import Vocabulary, spelt_out
from search.language.words import Token, fold_word, fold_words, has_marks, shown, tokens

MAX_WORDS = 16
MAX_ALTERNATIVES = 8
# As typed a word weighs 1; guessed, less.
WEIGHTS = {Source.TYPED: 1.0, Source.DECODED: 0.95, Source.PARTED: 0.95, Source.SPELLING: 0.8}
OTHER_SPELLINGS = 0.4
_QUOTED = re.compile('["“”„«]([^"“”„«»]+)["“”»]')


def understand(typed: str, vocabulary: Vocabulary, lexicon: Lexicon | None = None) -> Understood:
    """The query read as one of Vietnamese words; the same query, vocabulary and lexicon give the same answer."""
    words = lexicon or shipped_lexicon()
    composed = normalise_blanks(typed)
    found = tokens(composed)[:MAX_WORDS]
    said = any(has_marks(token.toned) for token in found)
    typed_slots = _respected(slots(found, composed, vocabulary), found, composed, vocabulary, words)
    choices = [
        [Reading(slot.folded, slot.toned, 0.0, Source.TYPED)]
        if (slot.folded,) in words.same
        else readings(slot, _neighbours(typed_slots, place), vocabulary, says_tones=said)
        for place, slot in enumerate(typed_slots)
    ]
    path = likeliest(choices, vocabulary)
    path, choices = convincing(typed_slots, path, choices, vocabulary, says_tones=said)
    parts = _all_required_if_none(_parts(typed_slots, path, choices, words, vocabulary, says_tones=said))
    row = tuple(one.folded for one in path)
    return Understood(
        typed=composed,
        parts=parts,
        phrases=(row,) if len(row) > 1 else (),
        quoted=tuple(filter(None, map(fold_words, _QUOTED.findall(composed)))),
        number=find_number(composed),
        did_you_mean=_better(typed_slots, path, vocabulary),
        likeliest=row,
    )


def normalise_blanks(typed: str) -> str:
    return " ".join(typed.replace("\u200b", "").split())


def _respected(
    made: list[Slot], found: Sequence[Token], typed: str, vocabulary: Vocabulary, lexicon: Lexicon
) -> list[Slot]:
    """Abbreviations of the lexicon are words, whether or not any document has them."""
    if not any((token.folded,) in lexicon.terms and not vocabulary.knows(token.folded) for token in found):
        return made
    kept: list[Slot] = []
    for token in found:
        if (token.folded,) in lexicon.terms:
            kept.append(Slot(token.toned, token.folded, is_capital=typed[token.start : token.end].isupper()))
        else:
            kept.extend(slots([token], typed, vocabulary))
    return kept


def _neighbours(row: Sequence[Slot], place: int) -> tuple[str, str]:
    before = row[place - 1].folded if place else ""
    after = row[place + 1].folded if place + 1 < len(row) else ""
    return before, after


def _parts(
    row: Sequence[Slot],
    path: Sequence[Reading],
    choices: Sequence[Sequence[Reading]],
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    *,
    says_tones: bool,
) -> Iterator[Part]:
    folded = tuple(one.folded for one in path)
    place = 0
    while place < len(path):
        skipped = _optional_at(row, path, place, lexicon, vocabulary, says_tones=says_tones)
        size = skipped or lexicon.at(folded, place) or 1
        here = slice(place, place + size)
        is_last = place + size == len(path)
        if size > 1:
            alternatives = _of_row(row[here], path[here], lexicon)
        else:
            alternatives = _of_word(
                row[place], path[place], choices[place], lexicon, vocabulary, is_optional=bool(skipped)
            )
        yield Part(
            typed=" ".join(slot.toned for slot in row[here]),
            alternatives=tuple(_distinct(alternatives)[:MAX_ALTERNATIVES]),
            is_optional=bool(skipped),
            is_unfinished=is_last
            and size == 1
            and folded[place:] not in lexicon.terms
            and _is_unfinished(row[place], vocabulary),
        )
        place += size


def _optional_at(
    row: Sequence[Slot],
    path: Sequence[Reading],
    place: int,
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    *,
    says_tones: bool,
) -> int:
    """How many words from here on need not occur, read with the marks that they most likely have.

    Where others have marks, a word without is one that has none: "đề thi" is not "để thì".
    """
    folded = tuple(one.folded for one in path)
    longest = lexicon.at(folded, place)
    for size in range(min(4, len(path) - place), max(longest, 1) - 1, -1):
        words = folded[place : place + size]
        here = row[place : place + size]
        if words not in lexicon.optional or (here[0].is_capital and words in lexicon.same):
            continue
        read = tuple(
            slot.toned if has_marks(slot.toned) else one.toned
            for slot, one in zip(here, path[place : place + size], strict=True)
        )
        has_no_marks = all(slot.toned == slot.folded for slot in here)
        if says_tones and size == 1 and here[0].toned in vocabulary.forms.get(here[0].folded, {}):
            read, has_no_marks = (here[0].toned,), False
        if read in {one.toned for one in lexicon.optional[words]}:
            return size
        if has_no_marks and (size > 1 or not _is_supported(path, place, vocabulary)):
            return size
    return 0


def _is_supported(path: Sequence[Reading], place: int, vocabulary: Vocabulary) -> bool:
    """Whether the word, with the marks guessed for it, is known to stand beside one of its neighbours."""
    near = [one.toned for one in path[max(place - 1, 0) : place + 2]]
    return any(pair in vocabulary.pairs for pair in pairwise(near))


def _of_row(row: Sequence[Slot], path: Sequence[Reading], lexicon: Lexicon) -> Iterator[Alternative]:
    folded = tuple(one.folded for one in path)
    toned = tuple(one.toned for one in path)
    source = max((one.source for one in path), key=list(Source).index)
    as_typed = tuple(slot.folded for slot in row)
    if as_typed != folded:
        yield Alternative(as_typed, tuple(slot.toned for slot in row))
    fitting = [one.toned for one in lexicon.terms.get(folded, ()) if not _contradicts(row, one)]
    if fitting and toned not in fitting:
        toned = fitting[0]
    yield Alternative(folded, toned, WEIGHTS[source] if as_typed != folded else 1.0, source)
    yield from _synonyms(folded, toned, lexicon)


def _of_word(
    slot: Slot,
    best: Reading,
    choices: Sequence[Reading],
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    *,
    is_optional: bool,
) -> Iterator[Alternative]:
    if slot.folded == best.folded:
        marks = slot.toned if has_marks(slot.toned) else best.toned
        yield _as_typed(slot, marks, vocabulary)
        if best.toned != marks:
            yield Alternative((slot.folded,), (best.toned,), 0.9 * WEIGHTS[slot.source], slot.source)
    else:
        yield _as_typed(slot, slot.toned if has_marks(slot.toned) else "", vocabulary)
        yield Alternative((best.folded,), (best.toned,), WEIGHTS[Source.SPELLING], Source.SPELLING)
    if not is_optional or any(one.is_abbreviation for one in lexicon.terms.get((slot.folded,), ())):
        yield from _synonyms((slot.folded,), (slot.toned,), lexicon)
    for row in spelt_out(slot.folded, vocabulary) if (slot.folded,) not in lexicon.same else ():
        yield Alternative(tuple(map(fold_word, row)), row, SPELT_OUT, Source.SYNONYM)
    if not any(one.source == Source.SPELLING and one.folded != best.folded for one in choices):
        return
    if slot.folded != best.folded or (best.cost == 0 and all(one.cost < 4 for one in choices)):
        others = [one for one in choices if one.folded not in (slot.folded, best.folded)]
        for one in sorted(others, key=lambda other: other.cost)[:3]:
            yield Alternative((one.folded,), (one.toned,), OTHER_SPELLINGS, Source.SPELLING)


def _as_typed(slot: Slot, toned: str, vocabulary: Vocabulary) -> Alternative:
    is_bare_somewhere = slot.folded in vocabulary.forms.get(slot.folded, {})
    return Alternative(
        (slot.folded,),
        (toned,) if toned else (),
        WEIGHTS[slot.source],
        slot.source,
        needs_marks=is_marked_syllable(slot.toned) and not is_bare_somewhere,
    )


def _synonyms(folded: Row, toned: Row, lexicon: Lexicon) -> Iterator[Alternative]:
    asked = lexicon.terms.get(folded, ())
    fits = [one for one in asked if one.toned == toned or one.is_abbreviation or len(folded) > 1]
    if not fits:
        return
    for other, weight in lexicon.same.get(folded, ()):
        yield Alternative(other.folded, other.toned, weight, Source.SYNONYM)


def _contradicts(row: Sequence[Slot], term: Term) -> bool:
    return any(
        has_marks(slot.toned) and slot.folded == folded and slot.toned != toned
        for slot, toned, folded in zip(row, term.toned, term.folded, strict=True)
    )


def _is_unfinished(slot: Slot, vocabulary: Vocabulary) -> bool:
    return slot.source == Source.TYPED and (len(slot.folded) == 1 or not vocabulary.knows(slot.folded))


def _distinct(found: Iterable[Alternative]) -> list[Alternative]:
    kept: dict[tuple[Row, Row], Alternative] = {}
    for one in found:
        kept.setdefault((one.folded, one.toned), one)
    return list(kept.values())


def _all_required_if_none(parts: Iterable[Part]) -> tuple[Part, ...]:
    found = tuple(parts)
    if all(part.is_optional for part in found):
        return tuple(replace(part, is_optional=False) for part in found)
    return found


def _better(row: Sequence[Slot], path: Sequence[Reading], vocabulary: Vocabulary) -> str:
    """The query as it was most likely meant, if that is another one than was typed."""
    changed = any(
        slot.folded != one.folded or slot.source in (Source.DECODED, Source.PARTED) or marks
        for slot, one, marks in zip(row, path, _other_marks(row, path, vocabulary), strict=True)
    )
    if not changed or not all(vocabulary.knows(one.folded) for one in path):
        return ""
    return " ".join(shown(one.toned) for one in path)


def _other_marks(row: Sequence[Slot], path: Sequence[Reading], vocabulary: Vocabulary) -> Iterator[bool]:
    """For each word whether other marks than were typed put it beside a known neighbour, where those typed do not."""
    for place, (slot, one) in enumerate(zip(row, path, strict=True)):
        near = slice(max(place - 1, 0), place + 2)
        typed = [other.toned for other in path[near]]
        typed[place - near.start] = slot.toned
        meant = [other.toned for other in path[near]]
        yield (
            has_marks(slot.toned)
            and slot.toned != one.toned
            and any(pair in vocabulary.pairs for pair in pairwise(meant))
            and not any(pair in vocabulary.pairs for pair in pairwise(typed))
        )
