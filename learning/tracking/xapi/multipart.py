"""multipart/mixed as the specification uses it: statements first, then each attachment once (Communication 1.5.2)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from learning.tracking.xapi.errors import RefusedError

_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,200})"|([^\s;]{1,200}))', re.IGNORECASE)
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
    mark = b"--" + (found[1] or found[2]).encode()
    # The line break before a boundary belongs to it. Some clients break lines as Unix does.
    line = b"\r\n" if mark + b"\r\n" in body else b"\n"
    pieces = (line + body).split(line + mark)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--") or pieces[0].strip():
        raise RefusedError("multipart/mixed does not begin and end with its boundary.")
    if len(pieces) > _MOST_PARTS:
        raise RefusedError("Too many parts.", 413)
    return [_part(piece, line) for piece in pieces[1:-1]]


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


def _part(piece: bytes, line: bytes) -> Part:
    head, gap, content = piece.partition(line + line)
    if not gap or not head.startswith(line):
        raise RefusedError("A part has no headers.")
    headers = {}
    for one in head.removeprefix(line).split(line):
        name, colon, value = one.partition(b":")
        if not colon:
            raise RefusedError("A header of a part cannot be read.")
        headers[name.strip().lower().decode("latin-1")] = value.strip().decode("latin-1")
    return Part(headers, content)
