"""The likeliest reading of a whole query: what each word may be, weighed by how words go together."""

from collections.abc import Sequence

from search.language.slips import Reading
from search.language.vocabulary import Vocabulary


def likeliest(choices: Sequence[Sequence[Reading]], vocabulary: Vocabulary) -> list[Reading]:
    """One reading for each word, so that the row of them is likeliest; the first of equals, so as typed."""
    if not choices:
        return []
    best = [(vocabulary.log_chance("", one.toned) - one.cost, [one]) for one in choices[0]]
    for options in choices[1:]:
        best = [_reached(best, one, vocabulary) for one in options]
    return max(best, key=lambda reached: reached[0])[1]


def _reached(
    before: list[tuple[float, list[Reading]]], one: Reading, vocabulary: Vocabulary
) -> tuple[float, list[Reading]]:
    worth, row = max(
        ((reached[0] + vocabulary.log_chance(reached[1][-1].toned, one.toned), reached[1]) for reached in before),
        key=lambda reached: reached[0],
    )
    return worth - one.cost, [*row, one]
