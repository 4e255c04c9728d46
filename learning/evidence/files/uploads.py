"""What a file handed in really is: judged by its first bytes and its size, never by its name."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import File

from interface.vietnamese import nfc

NAME_LENGTH = 150
# The first bytes of each kind that is taken, its content type and the ending it is served with.
_KINDS = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
)


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
