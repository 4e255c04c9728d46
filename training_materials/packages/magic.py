"""What a file really is, told from its first bytes, and from all of them where it is text."""

from collections.abc import Callable

_RIFF = b"RIFF"


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _in_riff(kind: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == _RIFF and head[8:12] == kind


def _is_base_media(head: bytes) -> bool:
    return head[4:8] == b"ftyp"


def _is_mp3(head: bytes) -> bool:
    return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


def _is_eot(head: bytes) -> bool:
    return head[34:36] == b"LP"


_HEADS: dict[str, Callable[[bytes], bool]] = {
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "jpg": _begins(b"\xff\xd8\xff"),
    "jpeg": _begins(b"\xff\xd8\xff"),
    "gif": _begins(b"GIF87a", b"GIF89a"),
    "bmp": _begins(b"BM"),
    "webp": _in_riff(b"WEBP"),
    "wav": _in_riff(b"WAVE"),
    "mp4": _is_base_media,
    "m4a": _is_base_media,
    "webm": _begins(b"\x1a\x45\xdf\xa3"),
    "ogg": _begins(b"OggS"),
    "mp3": _is_mp3,
    "pdf": _begins(b"%PDF-"),
    "woff": _begins(b"wOFF"),
    "woff2": _begins(b"wOF2"),
    "ttf": _begins(b"\0\1\0\0", b"true", b"OTTO", b"ttcf"),
    "otf": _begins(b"OTTO", b"\0\1\0\0"),
    "eot": _is_eot,
}
HEAD_LENGTH = 64
# These must be text: a program or an archive that hides behind such a name holds zero bytes.
_TEXTS = frozenset({"json", "js", "css", "svg", "xml", "txt", "csv", "vtt", "webvtt"})


def fits_head(ending: str, head: bytes) -> bool:
    """Whether the first HEAD_LENGTH bytes are of the kind that the ending says."""
    check = _HEADS.get(ending)
    if check is not None:
        return check(head)
    return not head.startswith((b"PK\3\4", b"MZ", b"\x7fELF", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf"))


def is_text(ending: str) -> bool:
    return ending in _TEXTS
