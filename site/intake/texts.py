"""Bytes to text, and text that was typed in an encoding of before Unicode."""

import codecs
import re

from django.utils.translation import gettext as _

from intake.plan import UnreadableError
from interface.vietnamese import storable

# In TCVN3 these stand between letters ("C«ng d©n"), in VNI vowels carry their marks behind them ("Coâng daân").
_TCVN3 = re.compile(r"[A-Za-z][µ¸¶·»¾¼½©«¬¨®][A-Za-z]")
# Not ñ before a vowel, which is Spanish; nor a few such places in many words, as French has them.
_VNI = re.compile(r"[aeo]â|[aou]û|[aeou]ï|a[ùøõ]|[AEO]Â|ñö|[öô]ï")
_WORDS_OF_TCVN3, _WORDS_OF_VNI = 8, 3  # of so many words at least one has such a place


def decoded(content: bytes) -> str:
    """Storable text with plain line ends. Raises UnreadableError if it is neither UTF-8 nor marked as UTF-16."""
    try:
        text = content.decode(encoding_of(content))
    except UnicodeDecodeError as wrong:
        message = _(
            "Line %(line)d is not in UTF-8, so its Vietnamese letters would be lost. Open the file in the program "
            "that made it and save it as UTF-8."
        )
        line = content.count(b"\n", 0, wrong.start) + 1
        raise UnreadableError(message % {"line": line}) from wrong
    if "\0" in text:
        raise UnreadableError(_("This is no text file. Choose the file that your program exported."))
    return storable(plain_lines(text))


def encoding_of(content: bytes) -> str:
    return "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_old_encoding(text: str) -> bool:
    """Whether it was typed in TCVN3 or VNI: two such places are no accident, if they are not lost among many words."""
    words = len(text.split())
    is_tcvn3 = len(_TCVN3.findall(text)) >= max(2, words // _WORDS_OF_TCVN3)
    return is_tcvn3 or len(_VNI.findall(text)) >= max(2, words // _WORDS_OF_VNI)
