"""How Vietnamese text is stored, compared and sorted. Pure functions, used by every app above."""

import re
import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# A sort key is figures alone, two for each sign, so that every database compares it alike, whatever its collation:
# tones below 10, the end of a word (before any letter, so that Hoa < Hoan), then figures, letters, anything else last.
_RANK = {sign: f"{rank:02d}" for rank, sign in enumerate("0123456789" + _ALPHABET, start=10)}
_RANK_OF_OTHERS = "99"
_END_OF_WORD = "09"
_TONE_RANK = {"\u0300": "01", "\u0309": "02", "\u0303": "03", "\u0301": "04", "\u0323": "05"}
_NO_TONE = "00"
_OWN_SIGNS = re.compile("[đĐ\u0300-\u0303\u0306\u0309\u031b\u0323]")
_WORD = re.compile(r"[^\W_]+")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
# Controls apart from tab and line ends, halves of surrogate pairs, what Unicode says is no sign, and the marks that
# turn the direction of all that follows them.
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


def nfc(text: str) -> str:
    """Text in the composed form in which everything is stored, with outer blanks cut."""
    return unicodedata.normalize("NFC", storable(text)).strip()


def storable(text: str) -> str:
    """Without the signs that a database, XML, a spreadsheet or a printed page cannot hold, or that nobody sees and that
    make others be read wrongly. Breaks that are no line ends become blanks.
    """
    return _UNSTORABLE.sub("", _BREAKS.sub(" ", text))


def is_vietnamese(text: str) -> bool:
    """Whether it has a letter, a tone or a mark that English has only in what it borrowed."""
    return bool(_OWN_SIGNS.search(unicodedata.normalize("NFD", text)))


def fold(text: str) -> str:
    """Text without tone marks, accents and case, đ as d, blanks single: what searches compare."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(bare.replace("đ", "d").split())


def sort_key(full_name: str) -> str:
    """Figures that sort people by given name (the last word) first, by the Vietnamese alphabet.

    Letters count before tones: "An" < "Ân" < "Bình", and "Hoa" < "Hòa" < "Hoan".
    """
    words = nfc(full_name).casefold().split()
    return "".join(_word_key(word) for word in words[-1:] + words[:-1])


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order; marks of punctuation part words: "4742/KH-UBND" is found by "kh 4742"."""
    return _WORD.findall(fold(text))


def folded_form(*texts: str) -> str:
    """A row of folded words with one blank before, between and after, so that " hoc" finds where a word begins so."""
    return f" {' '.join(word for text in texts for word in words_of(text))} "


def _word_key(word: str) -> str:
    letters, tones = [], []
    for character in word:
        base, tone = _split_tone(character)
        letters.append(_RANK.get(base, _RANK_OF_OTHERS))
        if tone:
            tones.append(_TONE_RANK[tone])
    # A syllable has one tone; upon which vowel it is written (hòa, hoà) makes no difference.
    return "".join([*letters, _END_OF_WORD, *(tones or [_NO_TONE])])


def _split_tone(character: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", character)
    tone = next((mark for mark in marks if mark in _TONE_RANK), "")
    return unicodedata.normalize("NFC", marks.replace(tone, "") if tone else marks), tone
