"""Uploads once they are taken: on the disk with the row that names them, and never without it."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import uuid_utils.compat as uuid7
from django.db import transaction
from django.db.models import QuerySet

from learning.evidence.files import Upload
from learning.evidence.models import private_storage

# A file is written before its row is committed: what is younger may still get one.
_GRACE = datetime.timedelta(days=1)


@contextmanager
def keeping_files() -> Iterator[Callable[[Upload, str, datetime.datetime], str]]:
    """Rows and their files together: gives what stores an upload in a folder and says where. Where a row fails, no
    file stays either, not even on the disk."""
    stored: list[str] = []

    def keep(upload: Upload, folder: str, at: datetime.datetime) -> str:
        stored.append(private_storage().save(f"{folder}/{at:%Y/%m}/{uuid7.uuid7()}{upload.ending}", upload.content))
        return stored[-1]

    try:
        with transaction.atomic():
            yield keep
    except BaseException:
        for place in stored:
            private_storage().delete(place)
        raise


def drop_file(place: str) -> None:
    """Once the row that named it is gone for good."""
    transaction.on_commit(partial(private_storage().delete, place))


def sweep(folder: str, rows: QuerySet[Any], at: datetime.datetime) -> int:
    """Deletes what is older than a day and none of the rows names; gives how many. Run twice it finds none."""
    storage, swept = private_storage(), 0
    for place in _places(folder):
        if storage.get_modified_time(place) < at - _GRACE and not rows.filter(file=place).exists():
            storage.delete(place)
            swept += 1
    return swept


def _places(folder: str) -> Iterator[str]:
    storage = private_storage()
    if not storage.exists(folder):
        return
    folders, files = storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for inner in folders:
        yield from _places(f"{folder}/{inner}")
