"""The forms of a text that searches compare, and the words of a query. Pure functions.

A searched form is a row of words with one blank before, between and after, so that " hoc" is found where a word
begins with "hoc" and nowhere else. Marks of punctuation part words: "4742/KH-UBND" is found by "kh 4742".
"""

import re
import unicodedata
from collections.abc import Iterable

from membership.vietnamese import fold, nfc

_WORD = re.compile(r"[^\W_]+")
_TONES = frozenset("\u0300\u0309\u0303\u0301\u0323")

MAX_WORDS = 12


def words_of(text: str) -> list[str]:
    """The folded words of a text or query, in order."""
    return _WORD.findall(fold(text))


def folded_form(*texts: str) -> str:
    """What a query without tone marks is compared with."""
    return _row(word for text in texts for word in words_of(text))


def toned_form(*texts: str) -> str:
    """The same with tones kept, the tone at the word's end, so that Hoà and Hòa, NFC and NFD are one."""
    return _row(toned_word(word) for text in texts for word in _WORD.findall(nfc(text).casefold()))


def toned_word(word: str) -> str:
    marks = unicodedata.normalize("NFD", word)
    letters = "".join(mark for mark in marks if mark not in _TONES)
    return letters + "".join(mark for mark in marks if mark in _TONES)


def query_words(query: str) -> list[str]:
    """The folded words that all must occur; each once, at most so many."""
    return list(dict.fromkeys(words_of(query)))[:MAX_WORDS]


def toned_query_words(query: str) -> list[str]:
    """The words of the query as typed, if any carries a mark; otherwise none, as nothing was said about tones."""
    typed = [toned_word(word) for word in _WORD.findall(nfc(query).casefold())]
    has_marks = any(not word.isascii() for word in typed)
    return list(dict.fromkeys(typed))[:MAX_WORDS] if has_marks else []


def _row(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
