"""Pictures and sounds in Moodle XML: HTML that names @@PLUGINFILE@@, and the files themselves in base64 beside it."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from html import escape
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from assessments.bank.media import is_sound
from assessments.formats.markup import add
from assessments.formats.question import Medium
from assessments.formats.texts import PLUGIN_FILE, Attached, Reference, has_media, read_html, storable, to_html

_SAID = ("generalfeedback", "correctfeedback", "partiallycorrectfeedback", "incorrectfeedback", "hint")


def attach(attached: Attached, element: Element | None, place: int | None) -> None:
    """What stands in the text of the element."""
    if element is not None and has_media(text := element.findtext("text") or ""):
        files = {each.get("name", ""): each for each in element.iterfind("file")}
        attached.add(read_html(text)[1], lambda source: _content(files.get(_name_in(source))), place)


def attach_old(attached: Attached, question: Element) -> None:
    """The picture of a question as Moodle 1 wrote it, beside the text that does not name it."""
    if packed := (question.findtext("image_base64") or "").strip():
        name = (question.findtext("image") or "").strip() or "hinh"
        attached.add([Reference(name, "")], lambda _source: _unpacked(packed), None)


def is_out_of_place(element: Element, held: Iterable[str]) -> bool:
    """Whether it has media outside of the named children and of what is said afterwards."""
    return any(_has_media(child) for child in element if child.tag not in (*held, *_SAID))


def is_left_out(element: Element) -> bool:
    """Whether what is said afterwards has media."""
    said = [*(each for tag in _SAID for each in element.iterfind(tag)), *element.iterfind("answer/feedback")]
    return any(_has_media(each) for each in said)


def put_with_media(element: Element, text: str, media: Iterable[Medium]) -> None:
    """``element`` without text yet."""
    shown = list(media)
    element.set("format", "html")
    add(element, "text", storable(to_html(storable(text)) + "".join(_tag(each) for each in shown)))
    for each in shown:
        attributes = {"name_": each.name, "path": "/", "encoding": "base64"}
        add(element, "file", b64encode(each.content).decode(), **attributes)


def _tag(medium: Medium) -> str:
    source, words = f"{PLUGIN_FILE}/{quote(medium.name)}", escape(medium.alt)
    if is_sound(medium.name):
        return f'<p><audio controls="controls" src="{source}" title="{words}"></audio></p>'
    return f'<p><img src="{source}" alt="{words}"></p>'


def _name_in(source: str) -> str:
    return unquote(source.removeprefix(f"{PLUGIN_FILE}/").partition("?")[0])


def _content(file: Element | None) -> bytes | None:
    if file is None or file.get("encoding", "base64") != "base64":
        return None
    return _unpacked(file.text or "")


def _unpacked(packed: str) -> bytes | None:
    try:
        return b64decode("".join(packed.split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _has_media(element: Element) -> bool:
    return element.find(".//file") is not None or any(has_media(text) for text in element.itertext())
