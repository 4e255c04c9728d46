"""Which pairs are worth weighing: those that share one of several keys. Pure; never every record with every other."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations, groupby
from math import ceil

from membership.likeness.records import Population, Record
from membership.likeness.weighing import DOUBLED, Candidate, Likeness, weigh

# Nobody is reminded at lower odds. Of all that are left the surest are told: a hundred, or so many for each record.
_LOOKED_AT, _FOR_EACH, _AT_LEAST = 1 / 200, 0.06, 100
# A key that more records share is no key. Ends of a name with a year alone tell of rare names only: of others, whoever
# has another middle name and lives elsewhere is likely to be somebody else.
_WIDEST, _WIDEST_OF_ENDS = 1200, 20
_PLACES, _DIGESTS = 2**23, 2**40
# Of people who come in, by a list or one by one, so many stand already: lists say again what earlier ones said.
_STANDING_ALREADY = 0.5
_ASKED_ABOUT = 1 / 9  # the odds below which nobody is asked about somebody who comes in

Key = tuple[Hashable, ...]
Block = Callable[[Record], Iterable[Key]]


def candidates(records: Sequence[Record], among: Population) -> list[Candidate]:
    """The surest first."""
    found: dict[tuple[int, int], Likeness] = {}
    for block, widest in BLOCKS.items():
        for first, second in _pairs(records, block, widest):
            if (first, second) not in found and (
                likeness := weigh(records[first], records[second], among, _LOOKED_AT)
            ) is not None:
                found[first, second] = likeness
    ranked = sorted(found.items(), key=lambda item: (-item[1].odds, item[0]))
    most = max(ceil(_FOR_EACH * len(records)), _AT_LEAST)
    return [Candidate(records[first].key, records[second].key, likeness) for (first, second), likeness in ranked[:most]]


def alike(coming: Sequence[Record], standing: Iterable[Record], among: Population, size: int) -> list[list[Candidate]]:
    """For each of those who come in: who of the others they may be, the surest first. ``among`` is a sample of the
    ``size`` people on record."""
    by_key: dict[tuple[Block, Key], list[int]] = {}
    for at, record in enumerate(coming):
        for block in BLOCKS:
            for key in block(record):
                by_key.setdefault((block, key), []).append(at)
    known_odds = _STANDING_ALREADY / size / (2 * DOUBLED / max(among.size, 1)) if size else 0.0
    found: list[list[Candidate]] = [[] for _record in coming]
    for other in standing:
        for at in {at for block in BLOCKS for key in block(other) for at in by_key.get((block, key), ())}:
            likeness = weigh(coming[at], other, among, _ASKED_ABOUT / known_odds)
            if likeness is not None:
                told = Likeness(likeness.odds * known_odds, likeness.reasons)
                found[at].append(Candidate(coming[at].key, other.key, told))
    return [sorted(each, key=lambda candidate: (-candidate.likeness.odds, candidate.other)) for each in found]


def _pairs(records: Sequence[Record], block: Block, widest: int) -> Iterator[tuple[int, int]]:
    """Places of records that share a key. Digest and place stand in one number, since pairs of both would weigh more
    than the records; who shares a digest by chance is weighed like any other."""
    keyed = sorted(
        array("q", (hash(key) % _DIGESTS * _PLACES + at for at, record in enumerate(records) for key in block(record)))
    )
    for _digest, of_key in groupby(keyed, key=lambda number: number // _PLACES):
        places = [number % _PLACES for number in of_key]
        if len(places) <= widest:
            yield from combinations(places, 2)


def _by_citizen_id(record: Record) -> Iterable[Key]:
    return [(record.citizen_id_hash,)] if record.citizen_id_hash else []


def _by_day(record: Record) -> Iterable[Key]:
    if record.day is None:
        return []
    return [(record.day, "family", record.sounds[0]), (record.day, "given", record.sounds[-1])]


def _by_ends_and_year(record: Record) -> Iterable[Key]:
    return [] if record.year is None else [(record.sounds[0], record.sounds[-1], record.year)]


def _by_ends_year_and_place(record: Record) -> Iterable[Key]:
    if record.place is None or record.year is None:
        return []
    return [(record.sounds[0], record.sounds[-1], record.year, record.place)]


def _by_words_and_year(record: Record) -> Iterable[Key]:
    """In whatever order they stand."""
    return [] if record.year is None else [(*sorted(record.sounds), record.year)]


def _by_neighbours_of_a_year(record: Record) -> Iterable[Key]:
    """Where a slip is in one end of the name, all else tells."""
    if record.place is None or record.year is None:
        return []
    here = (record.place, record.year)
    return [(*here, "given", *record.sounds[:-1]), (*here, "family", *record.sounds[1:])]


def _by_name_and_place(record: Record) -> Iterable[Key]:
    return [] if record.place is None else [(*sorted(record.sounds), record.place)]


def _by_name_and_date(record: Record) -> Iterable[Key]:
    """Where the slip is in the year of birth."""
    if record.day is None:
        return []
    return [(record.sounds[0], record.sounds[-1], record.day.month, record.day.day)]


def _by_contact(record: Record) -> Iterable[Key]:
    return [(contact,) for contact in (*record.contacts, *record.emails)]


# Each with how many records may share a key of it.
BLOCKS: dict[Block, int] = {
    _by_citizen_id: _WIDEST,
    _by_day: _WIDEST,
    _by_ends_and_year: _WIDEST_OF_ENDS,
    _by_ends_year_and_place: _WIDEST,
    _by_words_and_year: _WIDEST,
    _by_neighbours_of_a_year: _WIDEST,
    _by_name_and_place: _WIDEST,
    _by_name_and_date: _WIDEST,
    _by_contact: _WIDEST,
}
