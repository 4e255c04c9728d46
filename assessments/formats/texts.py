"""HTML to plain text and back, and the pictures and sounds that a text names."""

import binascii
import posixpath
import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import TreeBuilder

from django.utils.translation import gettext as _

from assessments.formats.notation import BETWEEN_CELLS, LOST, Numbering, formula, lowered, raised
from assessments.formats.question import Medium
from intake.texts import plain_lines
from interface import vietnamese

_TAG = re.compile(
    r"</?(?:p|br|b|i|u|s|em|strong|del|span|div|ul|ol|li|sub|sup|a|font|h[1-6]|table|tbody|tr|td|th|img|code|pre|small"
    r"|audio|video|math|m:math)\b[^<>]{0,2000}>|&(?:nbsp|lt|gt|amp|quot|#\d{1,6});",
    re.IGNORECASE,
)
_BLOCKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_SILENT = frozenset({"script", "style", "audio", "video", "object"})
_FILES = frozenset({"img", "audio", "video", "object", "embed", "source"})
_FORMULAS = ("math", "m:math")
_SMALL = {"sup": raised, "sub": lowered}
_KEPT = re.compile(r"\0(\d+)\0")  # no file holds it: where preformatted text stands
PLUGIN_FILE = "@@PLUGINFILE@@"
_DATA = re.compile(r"data:(?:image|audio)/([a-z0-9]{2,5})(?:\+xml)?;base64,", re.IGNORECASE)  # a file within an address
_MEDIA = re.compile(r"<(?:img|audio|video|object|embed|source)\b|@@PLUGINFILE@@", re.IGNORECASE)
_EMPHASIS = re.compile(r"<(?:b|i|u|s|em|strong|del|strike|mark)\b[^<>]{0,200}>\s*[^<\s]", re.IGNORECASE)
ELSEWHERE = -1  # a place at which the bank holds no picture and no sound
Find = Callable[[str], bytes | None]


def storable(text: str) -> str:
    """As everything that is stored, with plain line ends."""
    return vietnamese.storable(plain_lines(text))


def cut(text: str, mark: str, most: int = 0) -> list[str]:
    """Cut at each mark that no backslash stands before; ``most`` cuts, 0 for all."""
    parts, start = list[str](), 0
    for found in re.finditer(rf"\\.|{re.escape(mark)}", text, re.DOTALL):
        if found.group() == mark and (not most or len(parts) < most):
            parts.append(text[start : found.start()])
            start = found.end()
    return [*parts, text[start:]]


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """A value of JSON with every text in it changed."""
    if isinstance(value, Mapping):
        return {name: each_text(part, change) for name, part in value.items()}
    if isinstance(value, list):
        return [each_text(part, change) for part in value]
    return change(value) if isinstance(value, str) else value


def looks_like_html(text: str) -> bool:
    return _TAG.search(text) is not None


def emphasis_left_out(text: str) -> tuple[str, ...]:
    """A note where some words stand bold, italic, underlined or struck out."""
    return (no_emphasis(),) if _EMPHASIS.search(text) else ()


def no_emphasis() -> str:
    return _("Bold, italic, underlined and struck out words stand as plain text.")


def unequal_blanks() -> str:
    return _("The blanks had weights of their own; in the bank each earns the same.")


def has_media(text: str) -> bool:
    return _MEDIA.search(text) is not None


@dataclass(frozen=True)
class Reference:
    """A picture, sound or other file that stands in a text, and the words instead of it."""

    source: str
    alt: str


def from_html(text: str) -> str:
    """What a reader sees of it: paragraphs, breaks and rows of tables as lines, entities as signs, what is raised,
    lowered or a formula in a form that means the same; preformatted text as it is.
    """
    return read_html(text)[0]


def read_html(text: str) -> tuple[str, list[Reference]]:
    """The same, and the files that stand in it."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.formula is not None:
        reader.parts.append(LOST)
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    told = "\n".join(line for line in lines if line)
    return _KEPT.sub(lambda found: reader.kept[int(found.group(1))], told), reader.references


def to_html(text: str) -> str:
    """Paragraphs; preformatted only if the text would not come back otherwise."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    return paragraphs if from_html(paragraphs) == text else f"<pre>{escape(text)}</pre>"


@dataclass
class Attached:
    """``faults``: why a question cannot be taken with what it names."""

    media: list[Medium] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, references: Iterable[Reference], find: Find, place: int | None) -> None:
        for reference in references:
            within = _DATA.match(reference.source)
            name = (
                f"hinh.{within[1]}"
                if within
                else posixpath.basename(unquote(reference.source.partition("?")[0]))[-100:]
            )
            content = _unpacked(reference.source[within.end() :]) if within else find(reference.source)
            if content is not None:
                self.media.append(Medium(name, content, reference.alt, place))
            elif reference.source.startswith(("http:", "https:", "//")):
                message = _("“%(name)s” stands on another site. Put the picture or sound into the file itself.")
                self.faults.append(message % {"name": name})
            else:
                message = _("“%(name)s” is named in the question and is not in the file. Export it again.")
                self.faults.append(message % {"name": name or "?"})


def _unpacked(packed: str) -> bytes | None:
    try:
        return b64decode("".join(unquote(packed).split()), validate=True)
    except (binascii.Error, ValueError):
        return None


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.kept: list[str] = []
        self.references: list[Reference] = []
        self.silence = 0
        self.is_kept = False
        self.linked: tuple[Reference, int] | None = None
        self.small: list[int] = []  # where what is raised or lowered begins
        self.lists: list[Numbering] = []  # of each list around
        self.has_cell = False
        self.formula: TreeBuilder | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if self.formula is not None or tag in _FORMULAS:
            self.formula = self.formula or TreeBuilder()
            self.formula.start(tag, attributes)
        elif tag in _FILES:
            self._refer(tag, attributes)
        elif tag == "a" and attributes.get("href", "").startswith(PLUGIN_FILE):
            self.linked = (Reference(attributes["href"], attributes.get("title", "")), len(self.parts))
        self.silence += tag in _SILENT
        self.is_kept = self.is_kept or tag == "pre"
        if tag in _BLOCKS:
            self.parts.append("\n")
        self._begin(tag, attributes)

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        """What is told from what follows by more than a line end."""
        if tag in _SMALL:
            self.small.append(len(self.parts))
        elif tag in ("ol", "ul"):
            self.lists.append(Numbering(tag, attributes))
        elif tag == "li":
            self.parts.append(self.lists[-1].mark(attributes) if self.lists else "")
        elif tag == "tr":
            self.has_cell = False
        elif tag in ("td", "th"):
            self.parts.append(BETWEEN_CELLS if self.has_cell else "")
            self.has_cell = True

    def handle_endtag(self, tag: str) -> None:
        if self.formula is not None:
            self._end_in_formula(tag)
            return
        if tag in _SMALL and self.small:
            start = self.small.pop()
            self.parts[start:] = [_SMALL[tag]("".join(self.parts[start:]))]
        if tag in ("ol", "ul"):
            self.lists = self.lists[:-1]
        if tag == "a" and self.linked:
            reference, start = self.linked
            self.references.append(replace(reference, alt=reference.alt or "".join(self.parts[start:]).strip()))
            self.linked = None
        self.silence = max(self.silence - (tag in _SILENT), 0)
        self.is_kept = self.is_kept and tag != "pre"
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self.silence:
            return
        if self.formula is not None:
            self.formula.data(data)
            return
        if self.is_kept:
            self.kept.append(data)
            data = f"\0{len(self.kept) - 1}\0"
        self.parts.append(data.replace("\n", " "))

    def _end_in_formula(self, tag: str) -> None:
        assert self.formula is not None
        try:
            self.formula.end(tag)
            if tag in _FORMULAS:
                self.parts.append(formula(self.formula.close()))
                self.formula = None
        except (AssertionError, IndexError):  # tags that do not fit together
            self.formula = None
            self.parts.append(LOST)

    def _refer(self, tag: str, attributes: dict[str, str]) -> None:
        """A sound names its file itself or in a source within it."""
        source = attributes.get("data" if tag == "object" else "src", "")
        words = attributes.get("alt") or attributes.get("aria-label") or attributes.get("title") or ""
        if tag == "source" and self.references and not self.references[-1].source:
            self.references[-1] = replace(self.references[-1], source=source)
        elif tag != "source":
            self.references.append(Reference(source, words))
