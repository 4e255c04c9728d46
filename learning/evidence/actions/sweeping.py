"""Files on the disk that no row names."""

import datetime
from collections.abc import Iterator

from learning.evidence.models import EvidenceFile, private_storage

# A file is written before its row is committed: what is younger may still get one.
GRACE = datetime.timedelta(days=1)
_FOLDER = "evidence"


def sweep_files(*, at: datetime.datetime) -> int:
    """Deletes stored files older than a day that no entry names; gives how many. Run twice it finds none."""
    storage, swept = private_storage(), 0
    for name in _stored(_FOLDER):
        is_old = storage.get_modified_time(name) < at - GRACE
        if is_old and not EvidenceFile.objects.filter(file=name).exists():
            storage.delete(name)
            swept += 1
    return swept


def _stored(folder: str) -> Iterator[str]:
    storage = private_storage()
    if not storage.exists(folder):
        return
    folders, files = storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for inner in folders:
        yield from _stored(f"{folder}/{inner}")
