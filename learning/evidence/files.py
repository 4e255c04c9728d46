"""Uploads: what a file handed in really is, judged by its first bytes and its size, never by its name; and whether it
is clean, where a virus scanner is configured: clamd, spoken to by its stream protocol; given out alike."""

import hashlib
import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from interface.vietnamese import nfc

NAME_LENGTH = 150
# The first bytes of each kind that is taken, its content type and the ending it is served with.
_KINDS = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
)
_TIMEOUT = 30  # seconds
_PIECE = 64 * 1024


class NotTakenError(ValueError):
    """The file is neither PDF nor JPEG nor PNG."""


class TooLargeError(ValueError):
    """The file is larger than the limit, or empty."""


@dataclass(frozen=True)
class Upload:
    content: File
    name: str
    content_type: str
    size: int
    sha256: str
    is_scanned: bool = False

    @property
    def ending(self) -> str:
        return next(ending for _start, content_type, ending in _KINDS if content_type == self.content_type)


def inspect(content: File, *, limit: int) -> Upload:
    """Reads the file once. ``limit`` in bytes. Raises NotTakenError or TooLargeError."""
    size = content.size or 0
    if not 0 < size <= limit:
        raise TooLargeError(size)
    digest, head = hashlib.sha256(), b""
    for chunk in content.chunks():
        head = head or chunk[:16]
        digest.update(chunk)
    content.seek(0)
    content_type, ending = _kind_of(head)
    return Upload(content, _clean_name(content.name or "", ending), content_type, size, digest.hexdigest())


class InfectedError(ValueError):
    """The scanner found something."""


class ScannerDownError(OSError):
    """A scanner is configured and does not answer: nothing is taken unscanned then."""


def scan(pieces: Iterable[bytes]) -> bool:
    """Whether a scanner looked at it and found nothing; False where none is configured. Raises as above."""
    if not settings.UPLOAD_SCANNER:
        return False
    try:
        with _connect(settings.UPLOAD_SCANNER) as connection:
            answer = _ask(connection, pieces)
    except OSError as unreachable:
        raise ScannerDownError(str(unreachable)) from unreachable
    if answer.endswith("FOUND"):
        raise InfectedError(answer)
    if not answer.endswith("OK"):
        raise ScannerDownError(answer)
    return True


def given_out(file: FieldFile, name: str, content_type: str) -> FileResponse:
    """To be saved, never run: a browser takes it for what it is and for nothing else. 404 where it is gone."""
    try:
        opened = file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    return FileResponse(
        opened,
        as_attachment=True,
        filename=name,
        content_type=content_type,
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"},
    )


def _kind_of(head: bytes) -> tuple[str, str]:
    for start, content_type, ending in _KINDS:
        if head.startswith(start):
            return content_type, ending
    raise NotTakenError


def _clean_name(name: str, ending: str) -> str:
    """The name without folders and control characters, with the ending that the content has."""
    bare = "".join(character for character in nfc(PurePath(name.replace("\\", "/")).name) if character.isprintable())
    stem = PurePath(bare).stem[: NAME_LENGTH - len(ending)].strip() or "minh-chung"
    return stem + ending


def _connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_TIMEOUT)
        try:
            connection.connect(parts.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((parts.hostname, parts.port or 3310), timeout=_TIMEOUT)


def _ask(connection: socket.socket, pieces: Iterable[bytes]) -> str:
    connection.sendall(b"zINSTREAM\0")
    for piece in pieces:
        for start in range(0, len(piece), _PIECE):
            part = piece[start : start + _PIECE]
            connection.sendall(struct.pack("!I", len(part)) + part)
    connection.sendall(struct.pack("!I", 0))
    answer = b""
    while received := connection.recv(4096):
        answer += received
    return answer.decode(errors="replace").strip("\0\n ")
