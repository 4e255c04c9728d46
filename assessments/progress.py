"""How far a long piece of work is. In the cache, because its own transaction shows nothing until the end."""

from dataclasses import dataclass

from django.core.cache import cache

from assessments.models import QuestionImport

_KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Progress:
    """``total`` 0: not known yet."""

    done: int = 0
    total: int = 0


def tell(batch: QuestionImport, done: int, total: int) -> None:
    cache.set(_key(batch), (done, total), _KEPT_SECONDS)


def progress_of(batch: QuestionImport) -> Progress:
    return Progress(*cache.get(_key(batch), (0, 0)))


def _key(batch: QuestionImport) -> str:
    return f"question-import-{batch.pk}-{batch.state}"
