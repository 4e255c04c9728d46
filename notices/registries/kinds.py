"""What the site tells people about: each app declares its kinds in its ``notices.py``, where it also tells them.

Calls go down, this registry goes up (decision 0007). ``membership`` lies lower: of what happens there this app's own
``notices.py`` tells.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from interface.tables.columns import Text


class Waiting(Protocol):
    """A notice, as this registry sees it."""

    pk: int
    kind: str
    subject: int | None


class Urgency(StrEnum):
    AT_ONCE = "at_once"
    WEEKLY = "weekly"


def _all(subjects: Collection[int]) -> Collection[int]:
    return subjects


@dataclass(frozen=True, kw_only=True)
class Kind:
    """``words``: one sentence, with named placeholders for a notice's values. ``why``: for what reason one hears of it,
    read beneath it. ``still_due`` gives of keys of rows those of which there is still something to tell; it is asked
    before anything leaves the site. ``is_wanted``: by e-mail too, until somebody chooses otherwise. ``is_owed``: told
    even to who asked that nothing more be written about them, for they asked for it. ``is_spoken``: its words say
    nothing of the person but that they are asked to come, so a secretary may say them at a door.
    """

    key: str
    title: Text
    words: Text
    why: Text
    urgency: Urgency = Urgency.WEEKLY
    still_due: Callable[[Collection[int]], Collection[int]] = _all
    is_wanted: bool = True
    is_owed: bool = False
    is_spoken: bool = False


kinds: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    if kind.key in kinds:
        raise ValueError(f"{kind.key} is declared twice")
    kinds[kind.key] = kind
    return kind


def keys_of(urgency: Urgency) -> list[str]:
    return [kind.key for kind in kinds.values() if kind.urgency == urgency]


def over(notices: Iterable[Waiting]) -> set[int]:
    """The keys of those of which there is nothing more to tell; a query or so for each kind."""
    about: dict[str, dict[int, int]] = defaultdict(dict)
    for notice in notices:
        if notice.subject is not None:
            about[notice.kind][notice.pk] = notice.subject
    due = {kind: set(kinds[kind].still_due(set(subjects.values()))) for kind, subjects in about.items()}
    return {key for kind, subjects in about.items() for key, subject in subjects.items() if subject not in due[kind]}
