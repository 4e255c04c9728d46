"""What SQLite lacks and PostgreSQL has."""

import sqlite3
from typing import Any


class BitOr:
    """The aggregate BIT_OR over whole numbers."""

    def __init__(self) -> None:
        self.value: int | None = None

    def step(self, mask: int | None) -> None:
        if mask is not None:
            self.value = mask | (self.value or 0)

    def finalize(self) -> int | None:
        return self.value


def teach(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Registers the aggregate on a new connection."""
    if isinstance(connection.connection, sqlite3.Connection):
        connection.connection.create_aggregate("bit_or", 1, BitOr)  # type: ignore[arg-type]
