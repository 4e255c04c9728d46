"""Archives from strangers, read in memory and within limits; nothing is ever unpacked to disk."""

import posixpath
import zipfile
import zlib
from io import BytesIO
from lzma import LZMAError

from django.utils.translation import gettext as _

from intake.plan import UnreadableError

MOST_ENTRIES = 25_000
MOST_UNPACKED = 100 * 1024 * 1024
LARGEST_ENTRY = 30 * 1024 * 1024
HIGHEST_RATIO = 200
_RATIO_COUNTS_FROM = 1024 * 1024
_DAMAGED = (zipfile.BadZipFile, zlib.error, LZMAError, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)


class Archive:
    """Raises UnreadableError, in words for trainers, for an archive that is damaged or made to do harm."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as wrong:
            raise UnreadableError(_("The archive is damaged or cut off. Export it again.")) from wrong
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise UnreadableError(_("The archive holds more than %(count)d files.") % {"count": MOST_ENTRIES})
        for entry in entries:
            _check(entry)
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            message = _("Unpacked, the archive would be larger than %(size)d MB.")
            raise UnreadableError(message % {"size": MOST_UNPACKED // 1024**2})
        self.names = [entry.filename for entry in entries if not entry.is_dir()]

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, name: str) -> bytes:
        """At most as much as the entry says it holds."""
        try:
            return self._zip.read(name)
        except _DAMAGED as wrong:
            raise UnreadableError(_("The archive is damaged or cut off. Export it again.")) from wrong


def _check(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    is_strange = (
        name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/") or len(name) > 240
    )
    if is_strange or posixpath.normpath(name) != name.rstrip("/"):
        raise UnreadableError(_("The archive holds a file with a forbidden name: %(name)s") % {"name": name[:80]})
    if entry.flag_bits & 0x1:
        raise UnreadableError(_("The archive is locked with a password. Save it without one."))
    is_bomb = entry.file_size > _RATIO_COUNTS_FROM and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1)
    if is_bomb or entry.file_size > LARGEST_ENTRY:
        raise UnreadableError(
            _("A file in the archive is far larger unpacked than packed: %(name)s") % {"name": name[:80]}
        )
