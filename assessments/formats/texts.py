"""Bytes to text, HTML to plain text, and text that was typed in an encoding of before Unicode."""

import codecs
import re
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from assessments.formats.question import UnreadableError

_TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|ul|ol|li|sub|sup|a|font|h[1-6]|table|tbody|tr|td|th|img|code|pre|small|audio"
    r"|video)\b[^<>]{0,2000}>|&(?:nbsp|lt|gt|amp|quot|#\d{1,6});",
    re.IGNORECASE,
)
_BLOCKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_SILENT = frozenset({"script", "style"})
_MEDIA = re.compile(r"<(?:img|audio|video|object|embed|source)\b|@@PLUGINFILE@@", re.IGNORECASE)
# In TCVN3 these stand between letters ("C«ng d©n"), in VNI vowels carry their marks behind them ("Coâng daân").
_TCVN3 = re.compile(r"[A-Za-z][µ¸¶·»¾¼½©«¬¨®][A-Za-z]")
_VNI = re.compile(r"[aeo]â|[aou]û|[aeou]ï|a[ùøõ]|[AEO]Â|ñ[aeiouö]|[öô]ï")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def decoded(content: bytes) -> str:
    """Text with plain line ends. Raises UnreadableError if it is neither UTF-8 nor marked as UTF-16."""
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        message = _(
            "Line %(line)d is not in UTF-8, so its Vietnamese letters would be lost. Open the file in the program "
            "that made it and save it as UTF-8."
        )
        raise UnreadableError(message % {"line": line}) from wrong
    if "\0" in text:
        raise UnreadableError(_("This is no text file. Choose the file that your program exported."))
    return plain_lines(text)


def plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def storable(text: str) -> str:
    """Without the signs that neither XML nor a spreadsheet nor the database can hold."""
    return _UNSTORABLE.sub("", plain_lines(text))


def looks_like_html(text: str) -> bool:
    return _TAG.search(text) is not None


def has_media(text: str) -> bool:
    return _MEDIA.search(text) is not None


def is_old_encoding(text: str) -> bool:
    """Whether it was typed in TCVN3 or VNI: two such places are no accident."""
    return len(_TCVN3.findall(text)) > 1 or len(_VNI.findall(text)) > 1


def from_html(text: str) -> str:
    """What a reader sees of it: paragraphs and breaks as lines, entities as signs."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silence = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silence += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silence = max(self.silence - (tag in _SILENT), 0)
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silence:
            self.parts.append(data.replace("\n", " "))
