"""What files in a package may be called, which kinds of file may stand where, and what each must begin with."""

import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext as _

from training_materials.packages.refusal import PackageRefusedError

_KNOWN = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
CONTENT_TYPES: dict[str, str] = _KNOWN["content"]
LIBRARY_TYPES = CONTENT_TYPES | _KNOWN["library"]
LONGEST = 240
# In bytes: file systems take 255, and an accented letter has up to three.
_LONGEST_PART = 250
_RIFF = b"RIFF"


def check_names(names: Iterable[str]) -> None:
    """Raises PackageRefusedError for the first name that is forbidden or too long, or that two files, or a file and a
    folder, share.
    """
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for name in names:
        if _is_forbidden(name):
            raise PackageRefusedError(_("The package holds a file with a forbidden name: %(name)s") % _shown(name))
        if any(len(part.encode()) > _LONGEST_PART for part in name.split("/")):
            raise PackageRefusedError(_("The name of a file is too long, shorten it: %(name)s") % _shown(name))
        folded = unicodedata.normalize("NFC", name).casefold().rstrip("/")
        if folded in seen:
            raise _same_name(name)
        seen[folded] = name
        folders.update(folded[:place] for place, letter in enumerate(folded) if letter == "/")
    for folded in folders & seen.keys():
        if not seen[folded].endswith("/"):
            raise _same_name(seen[folded])


def told_name(name: str, *, is_unicode: bool) -> str:
    """What its packer meant: some write UTF-8 without saying so, and a Mac writes accents as letters of their own."""
    if not is_unicode:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name)


def is_litter(name: str) -> bool:
    """What systems and tools leave in archives that were packed by hand. It is never looked at."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].lower() in _KNOWN["litter"]


def ending_of(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[2].lower()


def type_of(name: str, *, is_library: bool) -> str | None:
    """The content type under which the file may be served, None where such files may not stand."""
    return (LIBRARY_TYPES if is_library else CONTENT_TYPES).get(ending_of(name))


def is_left_out(name: str) -> bool:
    """Whether a file of a library (its path inside the library) is of no use for playing."""
    *folders, last = name.lower().split("/")
    left_out = _KNOWN["left_out"]
    is_named = last in left_out["names"] or last.endswith(tuple(left_out["endings"]))
    return is_named or not set(left_out["folders"]).isdisjoint(folders)


def _is_forbidden(name: str) -> bool:
    if not name or len(name) > LONGEST or name.startswith("/") or "\\" in name or ":" in name:
        return True
    if any(unicodedata.category(letter).startswith("C") for letter in name):
        return True
    parts = name.removesuffix("/").split("/")
    return any(not part or part.startswith(".") or part != part.strip() or part.endswith(".") for part in parts)


def _same_name(name: str) -> PackageRefusedError:
    return PackageRefusedError(_("Two files in the package have the same name: %(name)s") % _shown(name))


def _shown(name: str) -> dict[str, str]:
    return {"name": ascii(name[:80])[1:-1] if not name.isprintable() else name[:80]}


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _in_riff(kind: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == _RIFF and head[8:12] == kind


def _is_mp3(head: bytes) -> bool:
    return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


_HEADS: dict[str, Callable[[bytes], bool]] = {
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "jpg": _begins(b"\xff\xd8\xff"),
    "jpeg": _begins(b"\xff\xd8\xff"),
    "gif": _begins(b"GIF87a", b"GIF89a"),
    "bmp": _begins(b"BM"),
    "webp": _in_riff(b"WEBP"),
    "wav": _in_riff(b"WAVE"),
    **dict.fromkeys(("mp4", "m4a"), lambda head: head[4:8] == b"ftyp"),
    "webm": _begins(b"\x1a\x45\xdf\xa3"),
    "ogg": _begins(b"OggS"),
    "mp3": _is_mp3,
    "pdf": _begins(b"%PDF-"),
    "woff": _begins(b"wOFF"),
    "woff2": _begins(b"wOF2"),
    "ttf": _begins(b"\0\1\0\0", b"true", b"OTTO", b"ttcf"),
    "otf": _begins(b"OTTO", b"\0\1\0\0"),
    "eot": lambda head: head[34:36] == b"LP",
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
