"""Uploads pass a virus scanner where one is configured: clamd, spoken to by its stream protocol."""

import socket
import struct
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

_TIMEOUT = 30  # seconds
_PIECE = 64 * 1024


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
