"""Words of a text in the two forms that searches compare: with tones in one spelling, and without."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from interface.vietnamese import fold, nfc

_WORD = re.compile(r"[^\W_]+")
TONES = frozenset("\u0300\u0309\u0303\u0301\u0323")
_VOWELS = "aăâeêioôơuưy"
_MARKED_VOWELS = "ăâêôơư"
_SYLLABLE = re.compile(rf"(qu(?=[{_VOWELS}])|gi(?=[{_VOWELS}])|[^\W\d_{_VOWELS}]*)([{_VOWELS}]+)([^\W\d_{_VOWELS}]*)")
# Between these and the word's end, y and i are one sound, and people write either: kỹ, kĩ; lý, lí; quý, quí.
_Y_AS_I = re.compile(r"(?:[b-dđf-hj-np-tv-z]{1,3}|qu)y[\u0300\u0309\u0303\u0301\u0323]?")

# People read these with y, whatever they type.
_SHOWN = {
    "kĩ": "kỹ",
    "lí": "lý",
    "mĩ": "mỹ",
    "quí": "quý",
    "quĩ": "quỹ",
    "qui": "quy",
    "tỉ": "tỷ",
    "kì": "kỳ",
    "kí": "ký",
}
_SOUNDS = [
    (re.compile("^tr"), "ch"), (re.compile("^(gi|r|v)"), "d"), (re.compile("^x"), "s"), (re.compile("^l"), "n"),
    (re.compile("^gh"), "g"), (re.compile("^ngh"), "ng"), (re.compile("^(k(?!h)|q)"), "c"), (re.compile("y"), "i"),
    (re.compile("ng$"), "n"), (re.compile("ch$"), "t"), (re.compile("c$"), "t"), (re.compile("^f"), "ph"),
    (re.compile("^w"), "qu"), (re.compile("^j"), "d"), (re.compile("^z"), "d"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word: ``toned`` as normalised, ``folded`` without marks, and where it stands in the text given."""

    toned: str
    folded: str
    start: int
    end: int


def normalise(text: str) -> str:
    """Composed, lower case, each tone where most offices put it (hòa, thủy), i for y where either is written (kĩ)."""
    return _WORD.sub(lambda found: _toned(found.group().lower()), nfc(text))


def tokens(text: str) -> list[Token]:
    """The words in order, parted at blanks and punctuation; positions count in the composed text (NFC)."""
    composed = unicodedata.normalize("NFC", text)
    return [Token(*_forms(found.group()), *found.span()) for found in _WORD.finditer(composed)]


def fold_words(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(text))


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """One word without marks, đ as d, y as i where either is written: Kỹ, kĩ and ky are all "ki"."""
    return fold(_y_as_i(unicodedata.normalize("NFD", word.lower())))


def shown(toned: str) -> str:
    """A normalised word as people are used to reading it."""
    return _SHOWN.get(toned, toned)


def sounds(folded: str) -> str:
    """One spelling for what many people hear as one."""
    for pattern, plain in _SOUNDS:
        folded = pattern.sub(plain, folded)
    return folded


def has_marks(word: str) -> bool:
    """Whether whoever wrote the word said something about its tone or letters."""
    return not unicodedata.normalize("NFC", word).isascii()


@lru_cache(maxsize=65_536)
def _forms(word: str) -> tuple[str, str]:
    return _toned(word.lower()), fold_word(word)


@lru_cache(maxsize=65_536)
def _toned(word: str) -> str:
    """The word with its tone on the letter where it belongs; what is no Vietnamese syllable keeps it where it is."""
    marks = _y_as_i(unicodedata.normalize("NFD", word))
    tones = [mark for mark in marks if mark in TONES]
    bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
    parts = _SYLLABLE.fullmatch(bare)
    if len(tones) != 1 or not parts:
        return unicodedata.normalize("NFC", marks)
    at = parts.start(2) + _place(parts[2], is_closed=bool(parts[3]))
    return unicodedata.normalize("NFC", bare[: at + 1] + tones[0] + bare[at + 1 :])


def _y_as_i(decomposed: str) -> str:
    return decomposed.replace("y", "i") if _Y_AS_I.fullmatch(decomposed) else decomposed


def _place(vowels: str, *, is_closed: bool) -> int:
    """Which of the vowels of a syllable carries the tone."""
    marked = [place for place, vowel in enumerate(vowels) if vowel in _MARKED_VOWELS]
    if marked:
        return marked[-1]
    if len(vowels) == 1:
        return 0
    if is_closed:
        return len(vowels) - 1
    return 1 if len(vowels) > 2 else 0
