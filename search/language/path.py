"""The likeliest reading of a whole query: what each word may be, weighed by how words go together."""

from collections.abc import Sequence

from search.language.keys import is_syllable
from search.language.slips import Reading, Slot
from search.language.vocabulary import Vocabulary
from search.language.words import has_marks


def likeliest(choices: Sequence[Sequence[Reading]], vocabulary: Vocabulary) -> list[Reading]:
    """One reading for each word, so that the row of them is likeliest; the first of equals, so as typed."""
    if not choices:
        return []
    best = [(vocabulary.log_chance("", one.toned) - one.cost, [one]) for one in choices[0]]
    for options in choices[1:]:
        best = [_reached(best, one, vocabulary) for one in options]
    return max(best, key=lambda reached: reached[0])[1]


def convincing(
    row: Sequence[Slot],
    path: Sequence[Reading],
    choices: Sequence[list[Reading]],
    vocabulary: Vocabulary,
    *,
    says_tones: bool,
) -> tuple[list[Reading], list[list[Reading]]]:
    """A word that looks right is taken as typed, unless what it may have been meant to be is known beside a neighbour:
    who asks for rice ("lúa") where nobody wrote of it is not to be given swindlers ("lừa")."""
    kept, left = list(path), list(choices)
    for place, (slot, one) in enumerate(zip(row, path, strict=True)):
        is_changed = slot.folded != one.folded or (says_tones and slot.toned != one.toned)
        looks_right = slot.toned in vocabulary.forms.get(slot.folded, {}) or (
            is_syllable(slot.folded) and (has_marks(slot.toned) or slot.folded != one.folded)
        )
        if is_changed and looks_right and not _is_beside_typed(row, path, place, vocabulary):
            kept[place] = Reading(slot.folded, slot.toned, 0.0, slot.source)
            left[place] = [kept[place]]
    return kept, left


def _reached(
    before: list[tuple[float, list[Reading]]], one: Reading, vocabulary: Vocabulary
) -> tuple[float, list[Reading]]:
    worth, row = max(
        ((reached[0] + vocabulary.log_chance(reached[1][-1].toned, one.toned), reached[1]) for reached in before),
        key=lambda reached: reached[0],
    )
    return worth - one.cost, [*row, one]


def _is_beside_typed(row: Sequence[Slot], path: Sequence[Reading], place: int, vocabulary: Vocabulary) -> bool:
    """Whether the word as guessed is known to stand beside a neighbour that was typed with the very letters."""
    toned = [one.toned for one in path]
    is_typed = [slot.folded == one.folded for slot, one in zip(row, path, strict=True)]
    before = place > 0 and is_typed[place - 1] and (toned[place - 1], toned[place]) in vocabulary.pairs
    after = place + 1 < len(path) and is_typed[place + 1] and (toned[place], toned[place + 1]) in vocabulary.pairs
    return before or after
