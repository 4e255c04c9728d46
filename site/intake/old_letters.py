"""Vietnamese that was typed for the fonts of before Unicode: which of them a column was typed for, and its words in
Unicode. Pure. TCVN3 is the table of TCVN 5712:1993; in VNI a mark follows its vowel."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum


class Letters(StrEnum):
    UNICODE = "Unicode"
    TCVN3 = "TCVN3"
    VNI = "VNI"


_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬­®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_VNI_ALONE = str.maketrans("ñÑôÔöÖîÎæÆóÓòÒ", "đĐơƠưƯỵỴỉỈĩĨịỊ")
_VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI = re.compile("[aeo][âàáåãä]|a[êèéúüë]|[aeouyôö][øùûõï]|[ñôöîæóò]", re.IGNORECASE)
_WORD = re.compile(r"[^\s\d.,;:()/\-]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    "(?:ngh?|nh|gh?|gi|kh|ph|t[hr]?|ch?|qu|[bdđhklmnprsvx])?"
    "(?:iêu|yêu|oai|oao|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|a[iouy]|[âu]y|âu|eo|êu|ia|iê|io|iu|o[aăeoi]|ôi|ơi|u[aâêiôơ]"
    "|yê|ưa|ưi|ươ|ưu|[aăâeêioôơuưy])"
    "(?:ng|nh|ch|[cmnpt])?"
)
# Of the words with marks, at least so many are Vietnamese in the right letters, and at most so many in others.
_RIGHT, _OTHERS = 0.9, 0.5


def converted(text: str, letters: Letters) -> str:
    return unicodedata.normalize("NFC", _CONVERTERS[letters](text))


def letters_of(texts: Iterable[str]) -> Letters | None:
    """For which letters the texts of a column were typed; None where that is in doubt, as where they are mixed."""
    words = [word for text in texts for word in _WORD.findall(text) if not word.isascii()]
    if not words:
        return Letters.UNICODE
    shares = {letters: _share(words, letters) for letters in Letters}
    unicode = shares.pop(Letters.UNICODE)
    other, best = sorted(shares, key=lambda letters: shares[letters])
    if shares[best] <= unicode:
        return Letters.UNICODE
    if any(map(has_unicode_letters, words)):
        return Letters.UNICODE if shares[best] - unicode <= 1 - _RIGHT else None
    is_clear = shares[best] >= _RIGHT and max(unicode, shares[other]) <= _OTHERS
    return best if is_clear else None


def has_unicode_letters(text: str) -> bool:
    """Signs that the fonts of before had none of."""
    return any(sign > "\xff" for sign in unicodedata.normalize("NFC", text))


def _share(words: list[str], letters: Letters) -> float:
    """Of words that are Vietnamese syllables in those letters."""
    return sum(_is_syllable(converted(word, letters)) for word in words) / len(words)


def _is_syllable(word: str) -> bool:
    plain, tones = _TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones < 2 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)))


def _from_vni(text: str) -> str:
    return _VNI.sub(_composed, text)


def _composed(letter: re.Match[str]) -> str:
    base, mark = letter[0][0], letter[0][1:]
    return base.translate(_VNI_ALONE) + (_VNI_MARKS[mark.lower()] if mark else "")


_CONVERTERS: dict[Letters, Callable[[str], str]] = {
    Letters.UNICODE: str,
    Letters.TCVN3: lambda text: text.translate(_TCVN3),
    Letters.VNI: _from_vni,
}
