"""A rebuild reads its documents: those of a large library in a second process, while this one writes what was read.

That process knows no settings and no database: nothing imported here may need them.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

from search.contract import Document
from search.indexing.analysis import Analysed, analyse

# What is written in one transaction.
MOST_DOCUMENTS = 2_000
_MOST_CHARACTERS = 10_000_000
# From so many documents on a second process is worth its start; it is so many batches ahead.
_LARGE = 4_000
_AHEAD = 2

Read = tuple[list[Document], list[Analysed]]


def read_in_batches(documents: Iterable[Document], total: int) -> Iterator[Read]:
    batches = _batches(documents)
    if total < _LARGE or (os.cpu_count() or 1) < 2:
        yield from ((batch, _analyse(batch)) for batch in batches)
        return
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as reader:
        ahead: deque[tuple[list[Document], Future[list[Analysed]]]] = deque()
        for batch in batches:
            ahead.append((batch, reader.submit(_analyse, batch)))
            if len(ahead) > _AHEAD:
                yield _first(ahead)
        while ahead:
            yield _first(ahead)


def _first(ahead: deque[tuple[list[Document], Future[list[Analysed]]]]) -> Read:
    batch, coming = ahead.popleft()
    return batch, coming.result()


def _analyse(batch: list[Document]) -> list[Analysed]:
    return [analyse(document) for document in batch]


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    characters = 0
    for document in documents:
        batch.append(document)
        characters += len(document.body) + len(document.files)
        if len(batch) >= MOST_DOCUMENTS or characters >= _MOST_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
