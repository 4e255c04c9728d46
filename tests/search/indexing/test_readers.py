"""What is read is the same, whoever reads it."""

import pytest

from search.contract import Document
from search.indexing import readers
from search.indexing.analysis import analyse


def document(number, **given):
    texts = dict.fromkeys(("title", "summary", "beside", "files"), "") | {"body": f"An toàn số {number}"} | given
    return Document(
        id=number, key=f"x:{number}", numbers=(), scope="public", facets={}, date=None, popularity=0, **texts
    )


@pytest.mark.parametrize("least", [1_000, 0], ids=["by this process", "by a second one"])
def test_batches_come_in_order_with_their_analysis(monkeypatch, least):
    monkeypatch.setattr(readers, "_LARGE", least)
    monkeypatch.setattr(readers, "MOST_DOCUMENTS", 2)
    everything = [document(number) for number in range(9)]
    read = list(readers.read_in_batches(iter(everything), 9))
    assert [one for batch, _analysed in read for one in batch] == everything
    assert [one for _batch, analysed in read for one in analysed] == list(map(analyse, everything))
    assert [len(batch) for batch, _analysed in read] == [2, 2, 2, 2, 1]


def test_long_texts_make_short_batches(monkeypatch):
    monkeypatch.setattr(readers, "_MOST_CHARACTERS", 100)
    everything = [document(number, files="x" * 60) for number in range(4)]
    assert [len(batch) for batch, _analysed in readers.read_in_batches(everything, 4)] == [2, 2]
