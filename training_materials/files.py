"""What an uploaded file really is, told from its first bytes. Pure: a file open for reading in, a problem out."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import IO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, ElementTree  # type: ignore[import-untyped]
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from PIL import Image, ImageSequence

_NOT_WHAT_IT_SAYS = _("The file is not what its name says. Open it in the program it belongs to and save it again.")
_NOT_UTF8 = _("Save the file as UTF-8 text, then upload it again: Vietnamese letters would be lost otherwise.")
_ACTIVE_DRAWING = _("The drawing holds scripts or fetches things from other sites. Export it again as a plain SVG.")

_BROKEN_PICTURE = _(
    "The picture is damaged or cut off, and could not be shown. Open it in a program for pictures, save it anew as "
    "JPG or PNG, and upload that."
)
# What Pillow raises for files that are none, or end too early.
_UNDRAWABLE = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, AttributeError,
               NotImplementedError, RuntimeError, struct.error, zlib.error)  # fmt: skip

_OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_ACTIVE_TAGS = frozenset({"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler"})

Problem = str | None


def problem_of(file: IO[bytes], extension: str) -> Problem:
    """Why the content does not fit the extension (lower case, no dot), or None. Leaves the file at its start."""
    check = _CHECKS.get(extension)
    file.seek(0)
    try:
        problem = check(file, extension) if check else None
        return gettext(problem) if problem else None
    finally:
        file.seek(0)


def problem_of_drawing(file: IO[bytes]) -> Problem:
    """Why an SVG is refused, or None: it must be plain shapes, with nothing that runs and nothing from outside."""
    file.seek(0)
    try:
        elements = list(ElementTree.parse(file).iter())
    except (ParseError, DefusedXmlException, ValueError):
        return gettext(_NOT_WHAT_IT_SAYS)
    finally:
        file.seek(0)
    if _local_name(elements[0].tag) != "svg":
        return gettext(_NOT_WHAT_IT_SAYS)
    is_active = any(
        _local_name(element.tag) in _ACTIVE_TAGS
        or _fetches(element.text or "")
        or any(_is_active_attribute(name, value) for name, value in element.attrib.items())
        for element in elements
    )
    return gettext(_ACTIVE_DRAWING) if is_active else None


def problem_of_picture(file: IO[bytes], most_pixels: int) -> Problem:
    """Why a picture of pixels cannot be drawn, or None: each of its frames is decoded once, as it will be later. One of
    more pixels in all is not, and left to who refuses that.
    """
    file.seek(0)
    try:
        with Image.open(file) as picture:
            if picture.width * picture.height * getattr(picture, "n_frames", 1) <= most_pixels:
                for frame in ImageSequence.Iterator(picture):
                    frame.load()
    except Image.DecompressionBombError:
        return None
    except _UNDRAWABLE:
        return gettext(_BROKEN_PICTURE)
    finally:
        file.seek(0)
    return None


def _begins_with(*beginnings: bytes) -> Callable[[IO[bytes], str], Problem]:
    def check(file: IO[bytes], extension: str) -> Problem:
        return None if file.read(16).startswith(beginnings) else _NOT_WHAT_IT_SAYS

    return check


def _mp4(file: IO[bytes], extension: str) -> Problem:
    return None if file.read(12)[4:8] == b"ftyp" else _NOT_WHAT_IT_SAYS


def _archive(file: IO[bytes], extension: str) -> Problem:
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return _NOT_WHAT_IT_SAYS
    folder = _OFFICE_FOLDERS.get(extension)
    is_right = any(name.startswith(folder) for name in names) if folder else True
    if extension == "odt":
        is_right = "mimetype" in names and "content.xml" in names
    return None if is_right else _NOT_WHAT_IT_SAYS


def _text(file: IO[bytes], extension: str) -> Problem:
    content = file.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _NOT_UTF8
    if "\0" in text or (extension == "vtt" and not text.startswith("WEBVTT")):
        return _NOT_WHAT_IT_SAYS
    return None


def _local_name(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()


def _is_active_attribute(name: str, value: str) -> bool:
    local, wanted = _local_name(name), "".join(value.split()).lower()
    if local.startswith("on"):
        return True
    if local in ("href", "src"):
        return not wanted.startswith(("#", "data:image/png", "data:image/jpeg", "data:image/webp"))
    return _fetches(value) or "javascript:" in wanted


def _fetches(text: str) -> bool:
    plain = "".join(text.split()).lower().replace('"', "").replace("'", "")
    return "@import" in plain or "url(http" in plain or "url(//" in plain


_CHECKS: dict[str, Callable[[IO[bytes], str], Problem]] = {
    "pdf": _begins_with(b"%PDF-"),
    "webm": _begins_with(b"\x1a\x45\xdf\xa3"),
    "mp4": _mp4,
    "m4a": _mp4,
    "mp3": _begins_with(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "ogg": _begins_with(b"OggS"),
    "wav": _begins_with(b"RIFF"),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "zip"), _archive),
    **dict.fromkeys(("txt", "csv", "vtt"), _text),
}
