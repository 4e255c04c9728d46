"""How many of the true doubles are among the surest candidates, at so many false ones for each true one."""

from collections.abc import Iterable

from interface.vietnamese import fold
from membership.likeness.records import Population, Record, record_of
from membership.likeness.search import candidates
from tests.membership.likeness.crowd import Entry, true_pairs


def records_of(entries: Iterable[Entry], *, has_days: bool) -> list[Record]:
    return [
        record_of(
            place,
            fold(entry.name),
            year=entry.born.year,
            day=entry.born if has_days else None,
            place=entry.commune,
            contacts=(entry.phone,) if entry.phone else (),
            emails=(entry.email,) if entry.email else (),
            address=entry.address,
        )
        for place, entry in enumerate(entries)
    ]


def ranked(records: list[Record]) -> list[frozenset[int]]:
    return [frozenset({found.one, found.other}) for found in candidates(records, Population.of(records))]


def recall_at(found: list[frozenset[int]], entries: list[Entry], false_for_each: float) -> float:
    """The greatest share of true pairs in a beginning of the list with at most so many false ones for each true."""
    truth, hits, best = true_pairs(entries), 0, 0
    for number, pair in enumerate(found, start=1):
        hits += pair in truth
        if number - hits <= false_for_each * hits:
            best = hits
    return best / len(truth)
