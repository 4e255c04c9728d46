"""Telex and VNI keys that no input method turned into marks: "hocj taapj", "cong6 dan6"."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_TONE_FIGURES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_LETTER_FIGURES = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"}}
_PAIRS = (("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("uow", "ươ"), ("aw", "ă"), ("ow", "ơ"), ("uw", "ư"))
_ONSETS = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x|"
# The rhymes of Vietnamese syllables.
_RHYMES = (Path(__file__).resolve().parents[1] / "data" / "rhymes.txt").read_text(encoding="utf-8").split()
_SYLLABLE = re.compile(rf"(?:{_ONSETS})(?:{'|'.join(sorted(_RHYMES, key=len, reverse=True))})")
_FOLDED_RHYMES = "|".join(
    sorted({re.sub("[ăâ]", "a", r).translate(str.maketrans("êôơư", "eoou")) for r in _RHYMES}, key=len)[::-1]
)
_FOLDED = re.compile(rf"(?:{_ONSETS})(?:{_FOLDED_RHYMES})")
# ngh, gh and k stand before e, i and y only; ng, g and c before the others.
_MISSPELT = re.compile("(?:ngh|gh|k(?!h))[aou]|(?:ng(?!h)|g(?![hi])|c(?!h))[eiy]")
_FIGURES_WITHIN = re.compile(r"(?=.*[a-zà-ỹđ].*[a-zà-ỹđ])[a-zà-ỹđ]+[1-9][a-zà-ỹđ1-9]*")


def is_syllable(folded: str) -> bool:
    """Whether a folded word has the build of a Vietnamese syllable, spelt as they are."""
    return bool(_FOLDED.fullmatch(folded)) and not _MISSPELT.match(folded)


def is_marked_syllable(toned: str) -> bool:
    """Whether a word as ``normalise`` writes it is a Vietnamese syllable with marks that can stand on it."""
    return not toned.isascii() and bool(_SYLLABLE.fullmatch(_without_tone(toned)))


@lru_cache(maxsize=16_384)
def decoded(word: str) -> str:
    """The word that these keys stand for, or "" if they stand for none. ``word`` is lower case."""
    if _FIGURES_WITHIN.fullmatch(word):
        return _checked(_vni(word))
    if word.isascii() and word.isalpha():
        return _checked(_telex(word), word)
    return ""


def _telex(word: str) -> str:
    tone = ""
    if len(word) > 2 and word[-1] in _TONES:
        tone, word = word[-1], word[:-1]
    else:
        within = re.fullmatch(r"([^aeiouy]*[aeiouyw]+)([sfrxj])([a-z]{1,3})", word)
        if within:
            word, tone = within[1] + within[3], within[2]
    for keys, letter in _PAIRS:
        word = word.replace(keys, letter)
    word = _late_keys(word)
    return _with_tone(word, _TONES[tone]) if tone else word


def _late_keys(word: str) -> str:
    """Keys typed at the word's end or after its consonants: "congo" for công, "duongdw" for đương, "tuw" for tư."""
    late = re.fullmatch(r"([^aeiou]*)([aeo])([^aeiouwđ]+)\2", word)
    if late:
        return late[1] + {"a": "â", "e": "ê", "o": "ô"}[late[2]] + late[3]
    if word.endswith("w"):
        for plain, marked in (("uo", "ươ"), ("u", "ư"), ("o", "ơ"), ("a", "ă")):
            if plain in word:
                return word[:-1].replace(plain, marked, 1)
    if re.fullmatch(r"d[a-zăâêôơư]+d", word):
        return "đ" + word[1:-1]
    return word


def _vni(word: str) -> str:
    tone = ""
    letters = ""
    for sign in word:
        if sign in _TONE_FIGURES:
            tone = _TONE_FIGURES[sign]
        elif sign in _LETTER_FIGURES:
            letters = _marked(letters, _LETTER_FIGURES[sign])
        else:
            letters += sign
    return _with_tone(letters, tone) if tone else letters


def _marked(letters: str, marks: dict[str, str]) -> str:
    """The last letters that can carry the mark; ươ takes its horn twice from one key."""
    if "ơ" in marks.values() and "uo" in letters:
        return letters.replace("uo", "ươ", 1)
    for place in range(len(letters) - 1, -1, -1):
        if letters[place] in marks:
            return letters[:place] + marks[letters[place]] + letters[place + 1 :]
    return letters


def _with_tone(letters: str, tone: str) -> str:
    """The tone behind the first vowel: ``normalise`` puts it where it belongs."""
    for place, letter in enumerate(letters):
        if letter in "aăâeêioôơuưy":
            return unicodedata.normalize("NFC", letters[: place + 1] + tone + letters[place + 1 :])
    return ""


def _checked(word: str, typed: str = "") -> str:
    return word if word != typed and _SYLLABLE.fullmatch(_without_tone(word)) else ""


def _without_tone(word: str) -> str:
    marks = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", re.sub("[\u0300\u0309\u0303\u0301\u0323]", "", marks))
