"""How far a long piece of work is. In the cache, because its own transaction shows nothing until the end."""

from dataclasses import dataclass

from django.core.cache import cache

_KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Progress:
    """``total`` 0: not known yet."""

    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int | None:
        """From 0 to 100, None where it is not known how much there is."""
        return 100 * self.done // self.total if self.total else None


def tell(name: str, done: int, total: int) -> None:
    """So much of the work of that name is done; where there is a total, told at most once for each hundredth."""
    progress = Progress(done, total)
    if progress.percent is None or progress.percent != progress_of(name).percent:
        cache.set(_key(name), (done, total), _KEPT_SECONDS)


def progress_of(name: str) -> Progress:
    return Progress(*cache.get(_key(name), (0, 0)))


def _key(name: str) -> str:
    return f"progress:{name}"
