"""How much speaks for two records being one person's: for each thing compared, how often it is so between two records
of one person, over how often it is so between two people (Fellegi and Sunter, "A Theory for Record Linkage", 1969).

The first of the two is set down here; the second is counted among all. Pure.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from math import inf

from membership.likeness.names import Agreement, agreement
from membership.likeness.records import Population, Record

# Of a hundred people, so many have a second record.
DOUBLED = 0.015
# How often two records of one person agree so far in the name.
_NAMES = {
    Agreement.SAME: 0.66,
    Agreement.SOUND: 0.09,
    Agreement.MIDDLE: 0.1,
    Agreement.LETTER: 0.08,
    Agreement.SWAPPED: 0.03,
    Agreement.LOOSE: 0.02,
    Agreement.NONE: 0.02,
}
# Between two people, how often a word of the name is one letter away from the other's.
_WORDS_ONE_LETTER_OFF = 0.03
_SHORTENED_SHARE = 0.03  # at least: of people whose middle name was left out
_DAYS = {"same_day": 0.9, "near_day": 0.07, "other_day": 0.02, "other_year": 0.01}
_YEARS = {"same_year": 0.93, "near_year": 0.05, "other_year": 0.02}
_NEAR_YEARS = 0.1  # between two people: one year apart, or one figure other, or two that changed places
_SAME_PLACE = 0.8
# A household shares a telephone, so that sharing one tells less than its being rare would say.
_CONTACT, _NO_CONTACT = 60.0, 0.7
# So does it an address, and less often a mailbox; who moves has another house, and many have several mailboxes.
_EMAIL, _NO_EMAIL = 80.0, 0.8
_HOUSE, _NO_HOUSE = 8.0, 0.7
_AT_MOST_FROM_THE_REST = 1e5  # place, contacts and house together, before they are looked at


@dataclass(frozen=True, slots=True)
class Likeness:
    """``odds`` are for against, one person against two; ``reasons`` name what was found alike and unlike."""

    odds: float
    reasons: tuple[str, ...]

    @property
    def probability(self) -> float:
        return 1.0 if self.odds == inf else self.odds / (1 + self.odds)


@dataclass(frozen=True, slots=True)
class Candidate:
    one: int
    other: int
    likeness: Likeness


def weigh(one: Record, other: Record, among: Population, least: float = 0.0) -> Likeness | None:
    """None where the odds come to less than ``least``."""
    if one.citizen_id_hash and other.citizen_id_hash:
        is_same = one.citizen_id_hash == other.citizen_id_hash
        return Likeness(inf, ("same_citizen_id",)) if is_same else None
    agreed = agreement(one.words, other.words, one.sounds, other.sounds)
    birth, birth_odds = _birth(one, other, among)
    odds = 2 * DOUBLED / max(among.size, 1) * birth_odds * _name_odds(agreed, one, other, among)
    if odds * _AT_MOST_FROM_THE_REST < least:
        return None
    reasons = [agreed.value, *birth]
    for name, factor in _around(one, other, among):
        odds *= factor
        reasons.append(name)
    return Likeness(odds, tuple(reasons)) if odds >= least else None


def _name_odds(agreed: Agreement, one: Record, other: Record, among: Population) -> float:
    share: float
    heard = one.sounds if len(one.sounds) >= len(other.sounds) else other.sounds
    match agreed:
        case Agreement.SAME:
            share = among.share_of_name(among.names[one.words] - 2, heard)
        case Agreement.SOUND:
            share = among.share_of_name(among.sounding[one.sounds] - among.names[one.words] - 1, heard)
        case Agreement.SWAPPED:
            share = min(among.share_by_words(one.sounds), among.share_by_words(other.sounds))
        case Agreement.MIDDLE:
            share = among.share_of_ends(heard) * max(2 * among.short / max(among.size, 1), _SHORTENED_SHARE)
        case Agreement.LETTER:
            share = _one_letter_share(one, other, among)
        case Agreement.LOOSE:
            share = among.share_of_ends(heard)
        case _:
            share = 1.0
    return _NAMES[agreed] / share


def _one_letter_share(one: Record, other: Record, among: Population) -> float:
    """Of people whose name is this but for one word, times how often such a word is one letter away."""
    size = max(among.size, 1)
    share = _WORDS_ONE_LETTER_OFF
    last = len(one.sounds) - 1
    for place, (word, beside) in enumerate(zip(one.sounds, other.sounds, strict=True)):
        if word == beside:
            borne = among.families if place == 0 else among.givens if place == last else among.middles
            share *= max(borne[word], 1) / (size if place in {0, last} else max(among.middle_words, 1))
    return share


def _birth(one: Record, other: Record, among: Population) -> tuple[list[str], float]:
    if one.year is None or other.year is None:
        return [], 1.0
    given = one.sounds[-1]
    same_year = among.share_of_year(one.year, given)
    if one.day is not None and other.day is not None:
        return _days(one.day, other.day, same_year, among)
    if one.year == other.year:
        return ["same_year"], _YEARS["same_year"] / same_year
    if _is_near(one.year, other.year):
        return ["near_year"], _YEARS["near_year"] / _NEAR_YEARS
    return ["other_year"], _YEARS["other_year"]


def _days(one: datetime.date, other: datetime.date, same_year: float, among: Population) -> tuple[list[str], float]:
    if one == other:
        return ["same_day"], _DAYS["same_day"] / (same_year * among.share_of_day(one))
    if one.year == other.year:
        is_turned = (one.day, one.month) == (other.month, other.day)
        if is_turned or one.month == other.month or one.day == other.day:
            share = 1 / 365 if is_turned else 1 / 12 + 1 / 30
            return ["near_day"], _DAYS["near_day"] * (0.3 if is_turned else 0.7) / (same_year * share)
        return ["other_day"], _DAYS["other_day"] / same_year
    if (one.day, one.month) == (other.day, other.month):
        is_near = _is_near(one.year, other.year)
        return ["near_day"], _DAYS["near_day"] * (0.3 if is_near else 0.05) * 365 / (_NEAR_YEARS if is_near else 1)
    return ["other_year"], _DAYS["other_year"]


def _is_near(one: int, other: int) -> bool:
    first, second = f"{one:04}", f"{other:04}"
    unlike = [place for place in range(4) if first[place] != second[place]]
    is_turned = len(unlike) == 2 and sorted(first) == sorted(second)
    return abs(one - other) == 1 or len(unlike) == 1 or is_turned


def _around(one: Record, other: Record, among: Population) -> list[tuple[str, float]]:
    """What is not the person's own alone: where they live, how they are reached."""
    found = []
    if one.place is not None and other.place is not None:
        share = among.share_of_place(one.place, one.sounds[0])
        if one.place == other.place:
            found.append(("same_place", _SAME_PLACE / share))
        else:
            found.append(("other_place", (1 - _SAME_PLACE) / (1 - min(share, 0.99))))
    if one.contacts and other.contacts:
        is_shared = any(contact in other.contacts for contact in one.contacts)
        found.append(("same_contact", _CONTACT) if is_shared else ("other_contact", _NO_CONTACT))
    if one.emails and other.emails:
        is_shared = any(email in other.emails for email in one.emails)
        found.append(("same_email", _EMAIL) if is_shared else ("other_email", _NO_EMAIL))
    if one.house and other.house and one.place == other.place:
        found.append(("same_house", _HOUSE) if one.house == other.house else ("other_house", _NO_HOUSE))
    return found
