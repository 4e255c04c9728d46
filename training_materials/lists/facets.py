"""Narrowing a list down by what its rows have in common. Pure: rows and choices in, facets and kept rows out."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict

Row = Mapping[str, Any]
Labels = Mapping[Any, Any]
Query = Mapping[str, str]
Chosen = Mapping[str, Sequence[str]]

# An address is written by anybody.
_MOST, _LONGEST = 20, 200
PAGE_SIZE = 12
_ORDER = "xep"


@dataclass(frozen=True)
class FacetKind:
    """One way to narrow down: its name in the address, what a reader sees, and where a row keeps its values."""

    name: str
    label: str
    column: str
    labels: Labels | None = None
    sort: Callable[[tuple[str, int]], Any] = lambda counted: (-counted[1], counted[0])

    def values_of(self, row: Row) -> Iterable[str]:
        value = row.get(self.column)
        values = value if isinstance(value, list | tuple) else [value]
        return [str(one) for one in values if one not in (None, "")]


@dataclass(frozen=True)
class Order:
    """One way to sort the list; the first is how the rows come, and needs no name in the address."""

    name: str
    label: str
    key: Callable[[Row], Any] = lambda row: 0


@dataclass(frozen=True)
class Option:
    """``url`` adds the value to the choice, or takes it back where it is chosen."""

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
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.is_chosen]


def chosen_values(names: Iterable[str], params: QueryDict) -> dict[str, list[str]]:
    """What the address chooses: for each facet any of several values; what it does not name is not narrowed."""
    found = {name: [value.strip()[:_LONGEST] for value in params.getlist(name)] for name in names}
    distinct = {name: list(dict.fromkeys(filter(None, values)))[:_MOST] for name, values in found.items()}
    return {name: values for name, values in distinct.items() if values}


def kept_rows(rows: Iterable[Row], kinds: Sequence[FacetKind], chosen: Chosen) -> list[Row]:
    """The rows that have, of every facet chosen in, one of the chosen values."""
    wanted = [(kind, set(chosen[kind.name])) for kind in kinds if kind.name in chosen]
    return [row for row in rows if all(not values.isdisjoint(kind.values_of(row)) for kind, values in wanted)]


def build(rows: Sequence[Row], kinds: Sequence[FacetKind], chosen: Chosen, query: Query) -> list[Facet]:
    """The facets with counts: each option says how many rows have it under the choices in the other facets."""
    return [_facet(rows, kinds, kind, chosen, query) for kind in kinds]


def by_age(row: Row) -> float:
    """The key of an order that begins with what was published last; ``published`` may be missing from a row."""
    return -row["published"].timestamp() if row["published"] else 0


def narrowed(
    rows: Sequence[Row], kinds: Sequence[FacetKind], orders: Sequence[Order], params: QueryDict, clear_url: str
) -> dict[str, Any]:
    """What the page of a list needs: the rows of one page of it as ``page_obj``, facets beside, orders above."""
    chosen = chosen_values([kind.name for kind in kinds], params)
    order = next((one for one in orders if one.name == params.get(_ORDER)), orders[0])
    built = build(rows, kinds, chosen, _ordered_by(order))
    shown = sorted(kept_rows(rows, kinds, chosen), key=order.key)
    return {
        "facets": built,
        "chosen_in": [facet for facet in built if facet.chosen],
        "chosen": chosen,
        "orders": [(one.label, address(_ordered_by(one), chosen), one is order) for one in orders],
        "page_obj": Paginator(shown, PAGE_SIZE).get_page(params.get("page")),
        "clear_url": clear_url,
    }


def options(name: str, counted: Mapping[str, int], labels: Labels, chosen: Chosen, query: Query) -> list[Option]:
    """One for each value in its order, and for what is chosen though nothing has it.

    ``query`` is what else stands in the address (the searched words) and goes along in every link.
    """
    current = chosen.get(name, ())
    shown = {**counted, **{value: counted.get(value, 0) for value in current if value not in counted}}
    return [
        Option(
            value=value,
            label=str(labels.get(value, value)),
            count=count,
            url=address(query, _toggled(chosen, name, value)),
            is_chosen=value in current,
        )
        for value, count in shown.items()
    ]


def address(query: Query, chosen: Chosen) -> str:
    """The part of a shareable address after the path."""
    kept = {name: values for name, values in {**query, **chosen}.items() if values}
    return f"?{urlencode(kept, doseq=True)}" if kept else "?"


def _ordered_by(order: Order) -> Query:
    return {_ORDER: order.name}


def _toggled(chosen: Chosen, name: str, value: str) -> dict[str, Sequence[str]]:
    current = chosen.get(name, ())
    left = [one for one in current if one != value]
    return {**chosen, name: left if value in current else [*left, value]}


def _facet(rows: Sequence[Row], kinds: Sequence[FacetKind], kind: FacetKind, chosen: Chosen, query: Query) -> Facet:
    others = {name: values for name, values in chosen.items() if name != kind.name}
    counts = Counter(value for row in kept_rows(rows, kinds, others) for value in kind.values_of(row))
    counted = dict(sorted(counts.items(), key=kind.sort))
    return Facet(kind.name, kind.label, options(kind.name, counted, kind.labels or {}, chosen, query))
