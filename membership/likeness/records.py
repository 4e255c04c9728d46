"""What of a record is compared, and how frequent it is among all: plain values, counted once."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from sys import intern

from membership.likeness.addresses import house_of
from membership.likeness.names import Words, sounds

_YEARS_ALIKE = 10  # given names come and go with the decades
# How many people's worth the whole population says of one's name, and of one's family, beside what was counted.
_PRIOR_YEARS, _PRIOR_PLACES, _PRIOR_NAMES = 20, 50, 0.5


@dataclass(frozen=True, slots=True)
class Record:
    """``key`` says whose it is; ``place`` is the commune. ``contacts`` are telephones and ``emails``, which several may
    share, those of who represents a child among them; ``house`` is the address as ``house_of`` gives it."""

    key: int
    words: Words
    sounds: Words
    year: int | None = None
    day: datetime.date | None = None
    place: int | None = None
    contacts: tuple[str, ...] = ()
    citizen_id_hash: str = ""
    emails: tuple[str, ...] = ()
    house: str = ""


def record_of(
    key: int,
    folded_name: str,
    *,
    year: int | None = None,
    day: datetime.date | None = None,
    place: int | None = None,
    contacts: tuple[str, ...] = (),
    citizen_id_hash: str = "",
    emails: tuple[str, ...] = (),
    address: str = "",
) -> Record:
    """From a name as ``fold`` gives it; one of no words is a word itself. Where the day of birth is known, the year
    follows."""
    words = tuple(map(intern, folded_name.replace(".", " ").split() or [folded_name]))
    heard = sounds(words)
    year = day.year if day else year
    heard = words if heard == words else heard
    return Record(key, words, heard, year, day, place, contacts, citizen_id_hash, emails, house_of(address))


@dataclass
class Population:
    """How often each name, year, day and place is borne: what agreeing in it is worth follows from that."""

    size: int = 0
    short: int = 0
    middle_words: int = 0
    dated: int = 0
    placed: int = 0
    names: Counter[Words] = field(default_factory=Counter)
    sounding: Counter[Words] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    middles: Counter[str] = field(default_factory=Counter)
    givens: Counter[str] = field(default_factory=Counter)
    years: Counter[int] = field(default_factory=Counter)
    decades: Counter[int] = field(default_factory=Counter)
    given_decades: Counter[tuple[str, int]] = field(default_factory=Counter)
    days: Counter[datetime.date] = field(default_factory=Counter)
    places: Counter[int] = field(default_factory=Counter)
    family_places: Counter[tuple[str, int]] = field(default_factory=Counter)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Population:
        counted = cls()
        for record in records:
            counted.add(record)
        return counted

    def add(self, record: Record) -> None:
        self.size += 1
        self.names[record.words] += 1
        self.sounding[record.sounds] += 1
        family, given = record.sounds[0], record.sounds[-1]
        self.families[family] += 1
        self.givens[given] += 1
        for word in record.sounds[1:-1]:
            self.middles[word] += 1
            self.middle_words += 1
        self.short += len(record.sounds) < 3
        if record.year is not None:
            self._add_birth(record.year, record.day, given)
        if record.place is not None:
            self.placed += 1
            self.places[record.place] += 1
            self.family_places[family, record.place] += 1

    def share_of_ends(self, heard: Words) -> float:
        """Of people with that family name and given name."""
        return max(self.families[heard[0]], 1) * max(self.givens[heard[-1]], 1) / max(self.size, 1) ** 2

    def share_by_words(self, heard: Words) -> float:
        """Of people with that name, were its words chosen without regard to each other."""
        share = self.share_of_ends(heard)
        for word in heard[1:-1]:
            share *= max(self.middles[word], 1) / max(self.middle_words, 1)
        return share

    def share_of_name(self, others: int, heard: Words) -> float:
        """Of people with a name that so many others were found to bear: between what was counted and what its words
        make likely, since of a rare name little can be counted."""
        expected = self.size * self.share_by_words(heard)
        return (_PRIOR_NAMES + max(others, 0)) / (_PRIOR_NAMES / expected + 1) / self.size

    def share_of_year(self, year: int, given: str) -> float:
        """Of people born in that year, among those of the given name."""
        decade = year // _YEARS_ALIKE
        in_decade = max(self.decades[decade], 1)
        overall = in_decade / max(self.dated, 1)
        of_given = (self.given_decades[given, decade] + _PRIOR_YEARS * overall) / (self.givens[given] + _PRIOR_YEARS)
        return of_given * max(self.years[year], 1) / in_decade

    def share_of_day(self, day: datetime.date) -> float:
        """Of people of the year who were born on that day: 1 January is often written for want of a better."""
        return max((self.days[day] - 1) / max(self.years[day.year], 1), 1 / 365)

    def share_of_place(self, place: int, family: str) -> float:
        """Of people there, among those of the family name."""
        overall = max(self.places[place], 1) / max(self.placed, 1)
        here = self.family_places[family, place]
        return (here + _PRIOR_PLACES * overall) / (self.families[family] + _PRIOR_PLACES)

    def _add_birth(self, year: int, day: datetime.date | None, given: str) -> None:
        self.dated += 1
        self.years[year] += 1
        self.decades[year // _YEARS_ALIKE] += 1
        self.given_decades[given, year // _YEARS_ALIKE] += 1
        if day is not None:
            self.days[day] += 1
