"""What about an attempt looks odd. Pure: plain values in, findings out. None of it proves anything.

People who share a line are no suspects for that: an address is never looked at alone, only beside another finding.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MINUTES_TOGETHER = datetime.timedelta(minutes=10)
PEOPLE_TOGETHER = 3
WORDS_A_SECOND = 10  # twice as fast as the fastest readers
WRONG_ALIKE = 4
SHARE_ALIKE = 0.8


@dataclass(frozen=True)
class Sitting:
    """One attempt as others are compared with it. ``wrong``: what was answered wrongly, by the question's version."""

    attempt: Any
    person: int
    finished_at: datetime.datetime
    device: str = ""
    address: str = ""
    wrong: Mapping[int, str] | None = None


def is_too_fast(started_at: datetime.datetime, answered_at: datetime.datetime, words: int) -> bool:
    """Whether so many words could not have been read, let alone thought about."""
    return (answered_at - started_at).total_seconds() * WORDS_A_SECOND < words


def on_same_device(one: Sitting, others: Iterable[Sitting]) -> list[Sitting]:
    """Attempts of other people on the device within minutes; empty if they are fewer than ``PEOPLE_TOGETHER``."""
    found = [other for other in others if one.device and other.device == one.device and _together(one, other)]
    people = {other.person for other in found} | {one.person}
    return found if len(people) >= PEOPLE_TOGETHER else []


def at_same_address(one: Sitting, others: Iterable[Sitting]) -> int:
    """How many people on the line within minutes, this one included."""
    found = {other.person for other in others if one.address and other.address == one.address and _together(one, other)}
    return len(found | {one.person})


def answered_alike(one: Sitting, others: Iterable[Sitting]) -> list[Sitting]:
    """Attempts of other people with the same wrong answers to the questions that both were asked."""
    mine = one.wrong or {}
    return [other for other in others if other.person != one.person and _are_alike(mine, other.wrong or {})]


def _are_alike(mine: Mapping[int, str], theirs: Mapping[int, str]) -> bool:
    same = sum(theirs.get(version) == answer for version, answer in mine.items())
    return same >= WRONG_ALIKE and same >= SHARE_ALIKE * max(len(mine), len(theirs))


def _together(one: Sitting, other: Sitting) -> bool:
    return other.person != one.person and abs(one.finished_at - other.finished_at) <= MINUTES_TOGETHER
