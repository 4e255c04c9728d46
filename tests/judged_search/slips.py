"""How people type: two sets of habits, one to work with and one held out."""

import random
import unicodedata
from collections.abc import Callable

from interface.vietnamese import fold

Habit = Callable[[random.Random, str], str]
_NEAR = {"a": "s", "o": "p", "i": "u", "h": "g", "n": "m", "t": "r", "c": "v", "u": "y", "e": "r", "g": "h", "d": "s"}
_TELEX = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_VNI = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_SOUNDS = (("ch", "tr"), ("tr", "ch"), ("s", "x"), ("x", "s"), ("d", "gi"), ("ng", "n"), ("i", "y"))


def toneless(chance: random.Random, text: str) -> str:
    return fold(text)


def dropped(chance: random.Random, text: str) -> str:
    """A letter left out of a longer word, nothing toned."""
    return _in_a_word(chance, fold(text), lambda word, at: word[:at] + word[at + 1 :], least=4)


def swapped(chance: random.Random, text: str) -> str:
    return _in_a_word(chance, fold(text), lambda word, at: word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :])


def neighbour_key(chance: random.Random, text: str) -> str:
    return _in_a_word(chance, fold(text), lambda word, at: word[:at] + _NEAR.get(word[at], "w") + word[at + 1 :])


def telex_left(chance: random.Random, text: str) -> str:
    """One or two words typed with the keyboard's input method off."""
    return _some_words(chance, text, telex)


def wrong_tone(chance: random.Random, text: str) -> str:
    """Hỏi for ngã, and the other way round; sắc for nặng where a word has neither."""
    swap = {"\u0309": "\u0303", "\u0303": "\u0309", "\u0301": "\u0300", "\u0300": "\u0301", "\u0323": "\u0309"}
    return _some_words(chance, text, lambda word: _composed("".join(swap.get(mark, mark) for mark in _apart(word))))


def doubled(chance: random.Random, text: str) -> str:
    return _in_a_word(chance, fold(text), lambda word, at: word[:at] + word[at] + word[at:])


def run_together(chance: random.Random, text: str) -> str:
    """Two words without the blank between them."""
    words = fold(text).split()
    if len(words) < 2:
        return "".join(words)
    at = chance.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def as_heard(chance: random.Random, text: str) -> str:
    """Spelt as it sounds: ch for tr, s for x."""
    words = fold(text).split()
    for place in chance.sample(range(len(words)), len(words)):
        for one, other in _SOUNDS[:5]:
            if words[place].startswith(one) and len(words[place]) > 2:
                words[place] = other + words[place][len(one) :]
                return " ".join(words)
    return doubled(chance, text)


def vni_left(chance: random.Random, text: str) -> str:
    return _some_words(chance, text, vni)


def shouted(chance: random.Random, text: str) -> str:
    return dropped(chance, text).upper()


WORKED_WITH: tuple[Habit, ...] = (dropped, swapped, neighbour_key, telex_left, wrong_tone)
HELD_OUT: tuple[Habit, ...] = (doubled, run_together, as_heard, vni_left, shouted)


def telex(word: str) -> str:
    return _keyed(word, {"â": "aa", "ê": "ee", "ô": "oo", "ă": "aw", "ơ": "ow", "ư": "uw", "đ": "dd"}, _TELEX)


def vni(word: str) -> str:
    return _keyed(word, {"â": "a6", "ê": "e6", "ô": "o6", "ă": "a8", "ơ": "o7", "ư": "u7", "đ": "d9"}, _VNI)


def _keyed(word: str, letters: dict[str, str], tones: dict[str, str]) -> str:
    marks = _apart(word.lower())
    bare = _composed("".join(mark for mark in marks if mark not in tones))
    tone = next((tones[mark] for mark in marks if mark in tones), "")
    return "".join(letters.get(letter, letter) for letter in bare) + tone


def _apart(word: str) -> str:
    return unicodedata.normalize("NFD", word)


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word)


def _in_a_word(chance: random.Random, text: str, change: Callable[[str, int], str], least: int = 3) -> str:
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) >= least and word.isalpha()]
    if not long:
        return text
    place = chance.choice(long)
    words[place] = change(words[place], chance.randrange(1, len(words[place])))
    return " ".join(words)


def _some_words(chance: random.Random, text: str, change: Callable[[str], str]) -> str:
    words = text.split()
    marked = [place for place, word in enumerate(words) if not word.isascii()]
    for place in chance.sample(marked, min(2, len(marked))):
        words[place] = change(words[place])
    return " ".join(words)
