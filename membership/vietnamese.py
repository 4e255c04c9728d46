"""How Vietnamese text is stored, compared and sorted. Pure functions, used by every app above."""

import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Two digits each, so that keys compare place by place: figures first, then letters, anything else last.
_RANK = {sign: f"{rank:02d}" for rank, sign in enumerate("0123456789" + _ALPHABET)}
_RANK_OF_OTHERS = "99"
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def nfc(text: str) -> str:
    """Text in the composed form in which everything is stored, with outer blanks cut."""
    return unicodedata.normalize("NFC", text).strip()


def fold(text: str) -> str:
    """Text without tone marks, accents and case, đ as d, blanks single: what searches compare."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(bare.replace("đ", "d").split())


def sort_key(full_name: str) -> str:
    """A plain string that sorts people by given name (the last word) first, by the Vietnamese alphabet.

    Letters count before tones: "An" < "Ân" < "Bình", and "Hoa" < "Hòa" < "Hoan".
    """
    words = nfc(full_name).casefold().split()
    return " ".join(_word_key(word) for word in words[-1:] + words[:-1])


def _word_key(word: str) -> str:
    letters, tones = [], []
    for character in word:
        base, tone = _split_tone(character)
        letters.append(_RANK.get(base, _RANK_OF_OTHERS))
        if tone:
            tones.append(_TONE_RANK[tone])
    # A syllable has one tone; upon which vowel it is written (hòa, hoà) makes no difference.
    return "".join(letters) + "." + ("".join(tones) or "0")


def _split_tone(character: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", character)
    tone = next((mark for mark in marks if mark in _TONE_RANK), "")
    return unicodedata.normalize("NFC", marks.replace(tone, "") if tone else marks), tone
