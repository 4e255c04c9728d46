"""Narrowing a list down by what its rows have in common. Pure: rows and choices in, facets and kept rows out."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

Row = Mapping[str, Any]


@dataclass(frozen=True)
class FacetKind:
    """One way to narrow down: its name in the address, what a reader sees, and where a row keeps its values."""

    name: str
    label: str
    column: str
    labels: Mapping[Any, Any] | None = None
    sort: Callable[[tuple[str, int]], Any] = lambda counted: (-counted[1], counted[0])

    def values_of(self, row: Row) -> Iterable[str]:
        value = row.get(self.column)
        values = value if isinstance(value, list | tuple) else [value]
        return [str(one) for one in values if one not in (None, "")]

    def label_of(self, value: str) -> str:
        return str((self.labels or {}).get(value, value))


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)


def chosen_values(kinds: Sequence[FacetKind], params: Mapping[str, str]) -> dict[str, str]:
    """What the address chooses, kind by kind; what it does not name is not narrowed."""
    return {kind.name: params[kind.name].strip() for kind in kinds if params.get(kind.name, "").strip()}


def kept_rows(rows: Iterable[Row], kinds: Sequence[FacetKind], chosen: Mapping[str, str]) -> list[Row]:
    """The rows that have every chosen value."""
    wanted = [(kind, chosen[kind.name]) for kind in kinds if kind.name in chosen]
    return [row for row in rows if all(value in kind.values_of(row) for kind, value in wanted)]


def build(
    rows: Sequence[Row], kinds: Sequence[FacetKind], chosen: Mapping[str, str], query: Mapping[str, str]
) -> list[Facet]:
    """The facets with counts: each option says how many rows pressing it would leave.

    ``query`` is what else stands in the address (the searched words) and goes along in every link. Pressing the
    chosen option again takes the choice back.
    """
    return [_facet(rows, kinds, kind, chosen, query) for kind in kinds]


def address(query: Mapping[str, str], chosen: Mapping[str, str]) -> str:
    """The part of a shareable address after the path."""
    kept = {name: value for name, value in {**query, **chosen}.items() if value}
    return f"?{urlencode(kept)}" if kept else "?"


def _facet(
    rows: Sequence[Row],
    kinds: Sequence[FacetKind],
    kind: FacetKind,
    chosen: Mapping[str, str],
    query: Mapping[str, str],
) -> Facet:
    others = {name: value for name, value in chosen.items() if name != kind.name}
    within = kept_rows(rows, kinds, others)
    counts = Counter(value for row in within for value in kind.values_of(row))
    current = chosen.get(kind.name, "")
    if current:
        counts.setdefault(current, 0)
    options = [
        Option(
            value=value,
            label=kind.label_of(value),
            count=count,
            url=address(query, others if value == current else {**others, kind.name: value}),
            is_chosen=value == current,
        )
        for value, count in sorted(counts.items(), key=kind.sort)
    ]
    return Facet(name=kind.name, label=kind.label, options=options)
