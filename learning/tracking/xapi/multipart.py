"""multipart/mixed as the specification uses it: statements first, then each attachment once (Communication 1.5.2)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from learning.tracking.xapi.formats import RefusedError

_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))', re.IGNORECASE)
_LINE_BREAK, _BLANK_LINE = re.compile(rb"\r?\n"), re.compile(rb"\r?\n\r?\n")
_MOST_PARTS = 200


@dataclass(frozen=True)
class Part:
    headers: dict[str, str]
    content: bytes

    @property
    def digest(self) -> str:
        return self.headers.get("x-experience-api-hash", "").lower()

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")


def parse(content_type: str, body: bytes) -> list[Part]:
    """The parts in order. Raises RefusedError."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise RefusedError("multipart/mixed without a boundary.")
    marks = list(_marks(body, (found[1] or found[2]).encode()))
    if len(marks) < 2 or not marks[-1][1]:
        raise RefusedError("multipart/mixed does not begin and end with its boundary.")
    if len(marks) > _MOST_PARTS:
        raise RefusedError("Too many parts.", 413)
    return [_part(body[one.end() : next_one.start()]) for one, next_one in pairwise(marks)]


def build(statements: bytes, parts: Iterable[tuple[str, str, bytes]]) -> tuple[str, bytes]:
    """Content type and body; each part is its SHA-2, its content type and its content."""
    boundary = f"xapi{secrets.token_hex(16)}"
    mark = b"\r\n--" + boundary.encode()
    pieces = [b"--" + boundary.encode() + b"\r\nContent-Type: application/json\r\n\r\n" + statements]
    for digest, content_type, content in parts:
        kind, encoding = f"Content-Type: {content_type}", "Content-Transfer-Encoding: binary"
        head = "\r\n".join(("", kind, encoding, f"X-Experience-API-Hash: {digest}"))
        pieces.append(mark + head.encode() + b"\r\n\r\n" + content)
    return f"multipart/mixed; boundary={boundary}", b"".join([*pieces, mark, b"--\r\n"])


def _marks(body: bytes, boundary: bytes) -> Iterator[re.Match[bytes]]:
    """The boundaries up to the closing one, each with the line break before it, which belongs to it, and blanks after
    it. Some clients break lines as Unix does. What stands before the first and after the last is nothing (RFC 2046).
    """
    for mark in re.finditer(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)", body):
        yield mark
        if mark[1]:
            return


def _part(piece: bytes) -> Part:
    head, *contents = _BLANK_LINE.split(piece, maxsplit=1)
    if not contents or not head.strip():
        raise RefusedError("A part has no headers.")
    content, headers = contents[0], {}
    for one in _LINE_BREAK.split(head.strip()):
        name, colon, value = one.partition(b":")
        if not colon:
            raise RefusedError("A header of a part cannot be read.")
        headers[name.strip().lower().decode("latin-1")] = value.strip().decode("latin-1")
    return Part(headers, content)
