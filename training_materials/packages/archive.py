"""A ZIP archive from a stranger. Everything is judged by its directory before a byte is unpacked, and by what
really comes out while it is; nothing is unpacked to disk. Raises PackageRefusedError.
"""

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from django.utils.translation import gettext as _

from training_materials.packages.names import check_names, is_litter, told_name
from training_materials.packages.refusal import PackageRefusedError

MOST_FILES = 2_000
LARGEST_FILE = 64 * 1024 * 1024
MOST_BYTES = 256 * 1024 * 1024
HIGHEST_RATIO = 100

_RATIO_COUNTS_FROM = 64 * 1024
_CHUNK = 256 * 1024
# The longest directory that so many files can need: 46 bytes each, a name, and some extra fields.
_LONGEST_DIRECTORY = MOST_FILES * 640
_END = b"PK\x05\x06"
_END_LENGTH = 22
_LOCAL_HEADER = 30
_ZIP64_LOCATOR = b"PK\x06\x07"
_UNICODE = 0x800
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_KINDS = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
_DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)


class Archive:
    """The files of an archive whose directory has passed. ``sizes`` says how large each claims to be."""

    def __init__(self, file: IO[bytes]) -> None:
        _check_end(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except _DAMAGED as wrong:
            raise _damaged() from wrong
        entries = self._zip.infolist()
        _check_totals(entries)
        entries = [entry for entry in entries if not is_litter(entry.orig_filename)]
        check_names([entry.orig_filename for entry in entries])
        for entry in entries:
            entry.filename = told_name(entry.orig_filename, is_unicode=bool(entry.flag_bits & _UNICODE))
            _check(entry)
        check_names([entry.filename for entry in entries])
        _check_places(entries)
        self._entries = {entry.filename: entry for entry in entries if not entry.is_dir()}
        self.sizes = {name: entry.file_size for name, entry in self._entries.items()}

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content bit by bit; stops with a refusal where more comes out than the directory says."""
        produced = 0
        try:
            with self._zip.open(self._entries[name]) as unpacking:
                while piece := unpacking.read(_CHUNK):
                    produced += len(piece)
                    if produced > self.sizes[name]:
                        raise _lying(name)
                    yield piece
        except _DAMAGED as wrong:
            raise _damaged() from wrong
        if produced != self.sizes[name]:
            raise _lying(name)

    def read(self, name: str) -> bytes:
        return b"".join(self.pieces(name))


Progress = Callable[[int, int], None]


def _check_end(file: IO[bytes]) -> None:
    """Reads the last record alone, so that a directory of a million entries is never parsed."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - 65_535 - _END_LENGTH - 20))
    tail = file.read()
    place = len(tail) - _END_LENGTH
    if place < 0 or not (tail[place:].startswith(_END) and tail.endswith(b"\0\0")):
        place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_LENGTH:
        raise PackageRefusedError(_("The file is no H5P package: it is not a ZIP archive, or it is cut off."))
    count = int.from_bytes(tail[place + 10 : place + 12], "little")
    directory = int.from_bytes(tail[place + 12 : place + 16], "little")
    is_large = tail[max(0, place - 20) : place].startswith(_ZIP64_LOCATOR)
    if count > MOST_FILES or directory > _LONGEST_DIRECTORY or is_large:
        raise _too_many()
    file.seek(0)


def _check_totals(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise _too_many()
    total, packed = (sum(getattr(entry, size) for entry in entries) for size in ("file_size", "compress_size"))
    if total > MOST_BYTES:
        message = _("Unpacked, the package would be larger than %(size)d MB. Make its pictures and videos smaller.")
        raise PackageRefusedError(message % {"size": MOST_BYTES // 1024**2})
    if total > _RATIO_COUNTS_FROM and total > HIGHEST_RATIO * max(packed, 1):
        raise PackageRefusedError(_("The package would swell to more than a hundred times its size. It is not opened."))


def _check(entry: zipfile.ZipInfo) -> None:
    values = {"name": entry.filename[:80]}
    if entry.flag_bits & 0x1:
        raise PackageRefusedError(_("The package is locked with a password. Export it without one."))
    if stat.S_IFMT(entry.external_attr >> 16) not in _KINDS:
        raise PackageRefusedError(_("The package holds a link instead of a file: %(name)s") % values)
    if entry.compress_type not in _METHODS:
        raise PackageRefusedError(_("A file is packed in a way that is not accepted: %(name)s") % values)
    if entry.file_size > LARGEST_FILE:
        message = _("A file is larger than %(size)d MB: %(name)s")
        raise PackageRefusedError(message % (values | {"size": LARGEST_FILE // 1024**2}))
    if entry.file_size > _RATIO_COUNTS_FROM and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        raise PackageRefusedError(_("A file would swell to more than a hundred times its size: %(name)s") % values)


def _check_places(entries: list[zipfile.ZipInfo]) -> None:
    """No two files may share packed bytes: that is how a small archive becomes a large one."""
    last = 0
    for entry in sorted(entries, key=lambda found: found.header_offset):
        if entry.header_offset < last:
            raise PackageRefusedError(_("Files in the package overlap; it was made to do harm and is not opened."))
        last = entry.header_offset + _LOCAL_HEADER + entry.compress_size


def _too_many() -> PackageRefusedError:
    return PackageRefusedError(_("The package holds more than %(count)d files.") % {"count": MOST_FILES})


def _damaged() -> PackageRefusedError:
    return PackageRefusedError(_("The package is damaged or cut off. Export it again."))


def _lying(name: str) -> PackageRefusedError:
    message = _("A file is not as large as the package says it is: %(name)s")
    return PackageRefusedError(message % {"name": name[:80]})
