"""Pieces of SQL with their parameters, and the few words in which the two databases differ."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models


@dataclass(frozen=True)
class Sql:
    """Text with its parameters in the order of its placeholders."""

    text: str
    params: tuple[Any, ...] = ()

    def __add__(self, other: Sql | str) -> Sql:
        if isinstance(other, str):
            return Sql(self.text + other, self.params)
        return Sql(self.text + other.text, self.params + other.params)

    def __radd__(self, other: str) -> Sql:
        return Sql(other + self.text, self.params)


def joined(between: str, pieces: Iterable[Sql]) -> Sql:
    listed = list(pieces)
    return Sql(between.join(piece.text for piece in listed), tuple(value for piece in listed for value in piece.params))


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def least(first: str, second: str | int) -> str:
    return f"{'LEAST' if is_postgresql() else 'MIN'}({first}, {second})"


def tenths_of(items: Iterable[str]) -> str:
    """Whole numbers in their order, as a ``TenthsField`` keeps them."""
    listed = ", ".join(items)
    return f"CAST(ARRAY[{listed}] AS smallint[])" if is_postgresql() else f"json_array({listed})"


def tenths_at(column: str, place: int) -> str:
    """One of them, by its place from 0 on."""
    return f"{column}[{place + 1}]" if is_postgresql() else f"json_extract({column}, '$[{place}]')"


def no_tenths() -> str:
    return "CAST(NULL AS smallint[])" if is_postgresql() else "NULL"


def apart() -> str:
    """At the end of a subquery: its columns are worked out once, however often the query around it names them."""
    return " OFFSET 0" if is_postgresql() else ""


def has_topic(column: str, slug: str) -> Sql:
    if is_postgresql():
        return Sql(f"jsonb_exists({column}, %s)", (slug,))
    return Sql(f"EXISTS (SELECT 1 FROM json_each({column}) WHERE json_each.value = %s)", (slug,))


def text_at(column: str, key: str) -> str:
    """The text that a JSON object holds under a key of ours."""
    return f"({column} ->> '{key}')"


def moment(value: datetime.datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


def day(value: datetime.date) -> Any:
    return connection.ops.adapt_datefield_value(value)


def key(value: uuid.UUID | str) -> Any:
    return models.UUIDField().get_db_prep_value(uuid.UUID(str(value)), connection)
