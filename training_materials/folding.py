"""The words of a text without marks, as addresses and the admin's search have them. Pure functions.

Marks of punctuation part words: "4742/KH-UBND" is found by "kh 4742".
"""

import re

from membership.vietnamese import fold

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


def folded_form(*texts: str) -> str:
    """A row of words with one blank before, between and after, so that " hoc" is found where a word begins so."""
    return f" {' '.join(word for text in texts for word in words_of(text))} "
