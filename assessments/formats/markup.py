"""XML from strangers, without document types, entities and fetching; line by line where lines are wanted."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.sax import ContentHandler, SAXException
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException, ElementTree, sax  # type: ignore[import-untyped]
from django.utils.translation import gettext as _

from intake.plan import UnreadableError

DEEPEST = 100
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True)
class Placed:
    line: int
    element: Element


def parse(content: bytes) -> Element:
    """Raises UnreadableError."""
    return _checked(content).element


def children(content: bytes, root: str, child: str) -> Iterator[Placed]:
    """The elements named ``child`` right under ``root``, each with its line. Raises UnreadableError."""
    yield from _checked(content, root, child).found


class _Builder(ContentHandler):
    """Builds the whole document, or only the wanted children of the root, one after the other."""

    def __init__(self, root: str, child: str) -> None:
        super().__init__()
        self.root, self.child, self.depth = root, child, 0
        self.builder: TreeBuilder | None = None if child else TreeBuilder()
        self.line, self.found = 0, list[Placed]()

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (the parser's names)
        self.depth += 1
        if self.depth > DEEPEST:
            raise SAXException("too deep")
        if self.depth == 1 and self.root and name != self.root:
            raise UnreadableError(_("The file is XML, but not a list of questions in this format."))
        if self.depth == 2 and self.child == name:
            self.builder = TreeBuilder()
            self.line = self._locator.getLineNumber() or 0  # type: ignore[attr-defined]
        if self.builder is not None:
            self.builder.start(_bare(name), {_bare(key): value for key, value in attrs.items()})

    def endElement(self, name: str) -> None:  # noqa: N802
        if self.builder is not None:
            self.builder.end(_bare(name))
            if self.depth == 2 and self.child:
                self.found.append(Placed(self.line, self.builder.close()))
                self.builder = None
        self.depth -= 1

    def characters(self, content: str) -> None:
        if self.builder is not None:
            self.builder.data(content)

    @property
    def element(self) -> Element:
        assert self.builder is not None
        return self.builder.close()


def _bare(name: str) -> str:
    """Names without prefix: only question formats are read here, and none uses one name twice."""
    return name.rpartition(":")[2]


def _checked(content: bytes, root: str = "", child: str = "") -> _Builder:
    handler = _Builder(root, child)
    try:
        sax.parse(BytesIO(content), handler, forbid_dtd=True)
    except DefusedXmlException as forbidden:
        message = _("The file holds a document type or entities, which can do harm. Export it again without them.")
        raise UnreadableError(message) from forbidden
    except (SAXException, ParseError, ValueError, LookupError) as wrong:
        if isinstance(wrong, UnreadableError):
            raise
        line = getattr(wrong, "getLineNumber", lambda: 0)() or 0
        message = _("The file is not well-formed XML (line %(line)d). Was it cut off? Export it again.")
        raise UnreadableError(message % {"line": line}) from wrong
    return handler


def tree(name: str, **attributes: str) -> Element:
    return Element(name, attributes)


def add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """``_`` at the end of an attribute's name is dropped, ``__`` within it becomes a colon."""
    element = Element(name, {key.rstrip("_").replace("__", ":"): value for key, value in attributes.items()})
    element.text = text
    parent.append(element)
    return element


def written(element: Element) -> bytes:
    return HEAD + ElementTree.tostring(element, encoding="utf-8", xml_declaration=False) + b"\n"
