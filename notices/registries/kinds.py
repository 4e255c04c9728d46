"""What the site tells people about: each app declares its kinds in its ``notices.py``, where it also tells them.

Calls go down, this registry goes up (decision 0007). ``membership`` lies lower: of what happens there this app's own
``notices.py`` tells.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from django.db.models import QuerySet

from interface.tables.columns import Text
from notices.registries.dated import Dated


class Waiting(Protocol):
    """A notice, as this registry sees it."""

    pk: int
    kind: str
    key: str
    subject: int | None


class Urgency(StrEnum):
    AT_ONCE = "at_once"
    WEEKLY = "weekly"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """``words``: one sentence, with named placeholders for a notice's values. ``why``: for what reason one hears of it,
    read beneath it. ``still_due`` gives the rows of which there is still something to tell; it is asked before anything
    leaves the site. ``is_by_key``: the event's key is the row's, where that is no whole number.
    ``is_wanted``: by e-mail too, until somebody chooses otherwise. ``is_owed``: told even to who asked that nothing
    more be written about them, for they asked for it. ``is_spoken``: its words say nothing of the person but that they
    are asked to come, so a secretary may say them at a door. ``binding``: why whoever answers for it cannot switch it
    off where one hears of it until one chooses otherwise; empty for what they can. ``dated`` gives by the key of the
    row what has a day: a letter carries it along as a calendar.
    """

    key: str
    title: Text
    words: Text
    why: Text
    urgency: Urgency = Urgency.WEEKLY
    still_due: Callable[[], QuerySet[Any]] | None = None
    is_by_key: bool = False
    is_wanted: bool = True
    is_owed: bool = False
    is_spoken: bool = False
    binding: Text = ""
    dated: Callable[[Collection[int]], Mapping[int, Dated]] | None = None


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
    return {notice.pk for kind, waiting in _by_kind(notices) for notice in _over(kind, waiting)}


def dated_in(notices: Iterable[Waiting]) -> dict[int, Dated]:
    """By the key of the notice what has a day in it; a query or two for each kind."""
    found: dict[int, Dated] = {}
    for kind, waiting in _by_kind(notices):
        if kind.dated:
            about = {notice.pk: notice.subject for notice in waiting if notice.subject is not None}
            rows = kind.dated(set(about.values()))
            found |= {key: rows[row] for key, row in about.items() if row in rows}
    return found


def _by_kind(notices: Iterable[Waiting]) -> list[tuple[Kind, list[Waiting]]]:
    told: dict[str, list[Waiting]] = defaultdict(list)
    for notice in notices:
        told[notice.kind].append(notice)
    return [(kinds[kind], waiting) for kind, waiting in told.items()]


def _over(kind: Kind, notices: Sequence[Waiting]) -> list[Waiting]:
    if kind.still_due is None:
        return []
    rows = {notice: notice.key if kind.is_by_key else notice.subject for notice in notices}
    about = {row for row in rows.values() if row is not None}
    due = {str(pk) for pk in kind.still_due().filter(pk__in=about).values_list("pk", flat=True)}
    return [notice for notice, row in rows.items() if row is not None and str(row) not in due]
