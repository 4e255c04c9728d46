"""What an engine is asked, what it answers, and what every engine can do.

Pages know only this module and ``search.engines.chosen.engine()``. Engines know nothing of Django's
users, pages or requests: who looks is a ``Viewer``, what is found a ``Hit``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from search.language import Vocabulary
from search.queries.extracts import Piece

# The facets that every engine counts: their names stand in addresses.
KIND = "loai"  # what it is: tai-lieu, khoa-hoc, bai-hoc, trang …
TYPE = "dang"  # of a material: legal_document, guide …
TOPIC = "chu-de"  # slugs
AUDIENCE = "doi-tuong"
INDICATOR = "chi-so"  # numbers of indicators of the criteria, as text: "1" … "10"
YEAR = "nam"
ISSUER = "co-quan"
LENGTH = "do-dai"  # "5", "15", "30", "60": up to so many minutes, "dai": longer
FACETS = (KIND, TYPE, TOPIC, AUDIENCE, INDICATOR, YEAR, ISSUER, LENGTH)
QUESTION = "cau-hoi"
# Kinds that lead to something rather than being it: they come after what says the same, and are not suggested.
ASIDE = frozenset({QUESTION})
ASIDE_WEIGHT = 0.5
PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, as far as it decides what they may find. The default sees what everybody sees."""

    is_signed_in: bool = False
    groups: frozenset[int] = frozenset()
    unit_paths: tuple[str, ...] = ()  # of the units to which they belong today
    sees_all_groups: bool = False  # who runs the machine passes every group restriction


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a word of the query may stand in a document.

    ``term`` is a folded word ("ki"), a toned one ("kỹ", as ``language.normalise`` writes it), or several with one
    blank between them, which must stand in a row. Weights are from 0 to 1; what was typed has 1.
    """

    term: str
    weight: float = 1.0
    is_toned: bool = False
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A document has the clause if it has any of the alternatives; the best of them counts.

    Give the folded form as an alternative wherever a document without or with other marks is to be found too.
    """

    alternatives: tuple[Alternative, ...]
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words that stand in a row: a compound ("chuyen doi so") lifts a document, a quotation is demanded."""

    words: tuple[str, ...]
    weight: float = 1.0
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """``document_number`` is a canonical key as ``language.document_keys`` gives them: what carries it comes first.

    ``filters``: for each facet the values of which one must hold. ``boosts``: for each indicator by how much its
    documents are lifted, 1 being as much as a word of the title.
    """

    clauses: tuple[Clause, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    document_number: str = ""
    filters: Mapping[str, Collection[str]] = field(default_factory=dict)
    viewer: Viewer = field(default_factory=Viewer)
    boosts: Mapping[str, float] = field(default_factory=dict)
    today: datetime.date | None = None  # for freshness; None: it does not count
    offset: int = 0
    limit: int = 10
    want_facets: bool = True
    want_extracts: bool = True


class Place(StrEnum):
    TEXT = "text"
    FILE = "file"  # attached
    BESIDE = "beside"  # topics, the course, the issuing body, names of files


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found, with all that a list of results shows."""

    key: str
    score: float
    url: str
    kind: str
    title: Sequence[Piece]
    summary: Sequence[Piece]
    extract: Sequence[Piece]
    facets: Mapping[str, Sequence[str]]
    document_number: str = ""
    minutes: int = 0
    date: datetime.date | None = None
    place: Place = Place.TEXT  # where the extract comes from


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """``reachable``: how many of ``total`` can be paged through. ``is_relaxed``: nothing had all the words, so these
    have all but one. A facet's counts are those under the filters of all the other facets.
    """

    total: int = 0
    reachable: int = 0
    is_relaxed: bool = False
    hits: Sequence[Hit] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    took: float = 0.0  # seconds
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    title: str
    url: str
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Document:
    """What an engine is given of one published thing."""

    id: int
    key: str
    title: str
    summary: str
    body: str
    beside: str
    files: str
    numbers: tuple[str, ...]
    scope: str
    facets: Mapping[str, Sequence[str]]
    date: datetime.date | None
    popularity: int


Progress = Callable[[int, int], None]  # done, of all


class EngineAway(Exception):  # noqa: N818 (it is a state, not a mistake)
    """The engine cannot be reached, or does not answer in time."""


class Answering(Protocol):
    """What pages ask."""

    @property
    def name(self) -> str: ...

    def search(self, request: SearchRequest) -> SearchResponse: ...

    def suggest(self, words: Sequence[str], viewer: Viewer, limit: int) -> Sequence[Suggestion]:
        """Titles that have all the folded words, the last of which may be unfinished."""

    def vocabulary(self) -> Vocabulary:
        """The words of what everybody may see, for reading queries: nothing private is in it."""


class Engine(Answering, Protocol):
    """Every method but ``is_alive`` raises EngineAway where the engine is another machine and does not answer."""

    def index(self, documents: Sequence[Document]) -> None:
        """Puts them in, or in the place of what has the same key. At once findable, or within a second."""

    def remove(self, keys: Sequence[str]) -> None: ...

    def rebuild(
        self,
        documents: Iterable[Document],
        total: int,
        progress: Progress,
        catch_up: Callable[[], list[Document]] = ...,
    ) -> int:
        """Builds everything anew beside what is searched, then puts it in its place; gives how many there are.

        ``catch_up`` gives what changed meanwhile; it is asked at the end.
        """

    def is_alive(self) -> bool: ...


def scope_of(conditions: Iterable[str]) -> str:
    """The scope in which all conditions must hold, always written in the same way.

    A condition is "login", "groups:3|5" (a member of one of these) or "unit:00010002" (of that unit or beneath it); "&"
    parts them, and without any the scope is "public".
    """
    return "&".join(sorted(set(conditions))) or PUBLIC


def may_find(scope: str, viewer: Viewer) -> bool:
    return scope == PUBLIC or all(_holds(condition, viewer) for condition in scope.split("&"))


def _holds(condition: str, viewer: Viewer) -> bool:
    kind, _, value = condition.partition(":")
    if kind == "login":
        return viewer.is_signed_in
    if kind == "groups":
        return viewer.sees_all_groups or any(int(group) in viewer.groups for group in value.split("|"))
    if kind == "unit":
        return any(path.startswith(value) for path in viewer.unit_paths)
    return False  # what is not understood stays closed
