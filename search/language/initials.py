"""Abbreviations that no dictionary has: words that stand in a row in the documents and begin with these letters."""

from search.language.keys import is_syllable
from search.language.vocabulary import Vocabulary
from search.language.words import fold_word

SHORTEST, LONGEST = 2, 6
_LEAST = 2  # times that each two of the words stand side by side
_KEPT = 2
_BEAM = 60


def spelt_out(folded: str, vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """The likeliest rows of words, toned, that an unknown run of letters abbreviates: atgt, an toàn giao thông."""
    if not SHORTEST <= len(folded) <= LONGEST or not folded.isalpha() or vocabulary.knows(folded):
        return []
    if is_syllable(folded) or (len(folded) == SHORTEST and any(letter in "aeiouy" for letter in folded)):
        return []
    rows: list[tuple[float, tuple[str, ...]]] = [(0.0, (word,)) for word in vocabulary.beginning(folded[0])]
    for letter in folded[1:]:
        rows = [
            (worth + vocabulary.log_chance(row[-1], word), (*row, word))
            for worth, row in rows
            for word, times in vocabulary.after(row[-1])
            if times >= _LEAST and fold_word(word)[:1] == letter
        ]
        rows = sorted(rows, reverse=True)[:_BEAM]
    return [row for _worth, row in rows[:_KEPT]]
