"""How far the worker is with a file, told through the cache: the database learns only the outcome."""

from uuid import UUID

from django.core.cache import cache

_SECONDS = 60 * 60


def tell(upload_id: UUID, done: int, total: int) -> None:
    """Bytes done of bytes in all; told at most once for each hundredth."""
    percent = 100 * done // max(total, 1)
    if percent != progress_of(upload_id):
        cache.set(_key(upload_id), percent, _SECONDS)


def progress_of(upload_id: UUID) -> int | None:
    """From 0 to 100, None where nothing was told yet."""
    return cache.get(_key(upload_id))


def _key(upload_id: UUID) -> str:
    return f"package-upload:{upload_id}"
