"""In what two Vietnamese names agree: folded words, how they sound, and the slips of who writes them down. Pure."""

from enum import StrEnum
from functools import lru_cache

Words = tuple[str, ...]

# Letters that are taken for each other, at the beginning of a syllable; the longer come first.
_INITIALS = {"ngh": "ng", "gh": "g", "gi": "d", "tr": "ch", "ph": "f", "qu": "cu", "k": "c", "x": "s", "r": "d"}
_VOWELS = frozenset("aeiouy")


class Agreement(StrEnum):
    """How far two names agree, from the whole to nothing."""

    SAME = "same_name"
    SOUND = "name_sounds_alike"
    SWAPPED = "name_words_swapped"
    MIDDLE = "name_lacks_middle"
    LETTER = "name_one_letter"
    LOOSE = "name_other_middle"
    NONE = "other_name"


@lru_cache(maxsize=100_000)
def sound(word: str) -> str:
    """A folded word as it is heard here or there: i and y, ch and tr, s and x, l and n, gi, r and d are alike."""
    plain = word.replace("y", "i")
    for written, heard in _INITIALS.items():
        rest = plain[len(written) :]
        if plain.startswith(written) and (written != "gi" or rest[:1] in _VOWELS) and rest:
            return heard + rest
    return f"l{plain[1:]}" if plain[:1] == "n" and plain[1:2] in _VOWELS else plain


def sounds(words: Words) -> Words:
    return tuple(map(sound, words))


def agreement(one: Words, other: Words, one_sounds: Words, other_sounds: Words) -> Agreement:
    """Of two names as folded words, each with its ``sounds``."""
    if one == other:
        return Agreement.SAME
    if one_sounds == other_sounds:
        return Agreement.SOUND
    if len(one) == len(other):
        return _of_one_length(one_sounds, other_sounds)
    return _of_two_lengths(one_sounds, other_sounds)


def _of_one_length(one: Words, other: Words) -> Agreement:
    if sorted(one) == sorted(other):
        return Agreement.SWAPPED
    unlike = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    if len(unlike) == 1 and len(one) > 1:
        first, second = unlike[0]
        if is_one_letter_off(first, second):
            return Agreement.LETTER
    return _ends(one, other)


def _of_two_lengths(one: Words, other: Words) -> Agreement:
    short, long = sorted((one, other), key=len)
    if len(short) > 1 and (short[0], short[-1]) == (long[0], long[-1]) and _is_within(short, long):
        return Agreement.MIDDLE
    return _ends(one, other)


def _ends(one: Words, other: Words) -> Agreement:
    is_alike = len(one) > 1 and len(other) > 1 and (one[0], one[-1]) == (other[0], other[-1])
    return (Agreement.MIDDLE if _has_initials(one, other) else Agreement.LOOSE) if is_alike else Agreement.NONE


def _has_initials(one: Words, other: Words) -> bool:
    """ "Nguyễn V. An" is Nguyễn Văn An with a middle name cut to its letter."""
    pairs = list(zip(one, other, strict=False))
    return len(one) == len(other) and all(
        first == second or (min(len(first), len(second)) == 1 and first[0] == second[0]) for first, second in pairs
    )


def _is_within(short: Words, long: Words) -> bool:
    """Whether the words stand in the longer name, in their order."""
    left = iter(long)
    return all(word in left for word in short)


@lru_cache(maxsize=200_000)
def is_one_letter_off(one: str, other: str) -> bool:
    """One letter more, less, other, or two that changed places; of words of two letters nothing is."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 2:
        return False
    if len(one) > len(other):
        one, other = other, one
    at = next((place for place, letter in enumerate(one) if letter != other[place]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    is_turned = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return is_turned or one[at + 1 :] == other[at + 1 :]
