"""What SQLite and PostgreSQL each call it: tables of one build of the index, and their inverted lists.

Each build has tables of its own, named by its number: a rebuild fills new ones beside and drops the old.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.db import connection

Stored = tuple[int, int, int, str, str, str, str, str, str, list[str]]
TABLES = ("terms", "rows", "bits", "words")
_COLUMNS = "slot, document_id, popularity, title, summary, body, folded_title, folded_summary, folded_body"


class Dialect(Protocol):
    def create(self, build: int) -> None: ...

    def finish(self, build: int) -> None:
        """After the first load: what is made faster of everything at once."""

    def insert(self, build: int, rows: Sequence[Stored]) -> None: ...

    def slots(self, build: int, terms: Sequence[str]) -> list[int]:
        """The slots that have any of the terms."""

    def size(self, build: int) -> int:
        """Bytes on disk."""


def dialect() -> Dialect:
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


def drop(build: int) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS search_{table}_{build}")


class Sqlite:
    def create(self, build: int) -> None:
        with connection.cursor() as cursor:
            _create_common(cursor, build, "BLOB")
            cursor.execute(
                f"CREATE VIRTUAL TABLE search_terms_{build} USING fts5(terms, content='', detail=none, "
                "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'\")"
            )

    def finish(self, build: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO search_terms_{build}(search_terms_{build}) VALUES ('optimize')")

    def insert(self, build: int, rows: Sequence[Stored]) -> None:
        places = ", ".join(["%s"] * 9)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO search_rows_{build} ({_COLUMNS}) VALUES ({places})", [row[:9] for row in rows]
            )
            cursor.executemany(
                f"INSERT INTO search_terms_{build} (rowid, terms) VALUES (%s, %s)",
                [(row[0], " ".join(row[9])) for row in rows],
            )

    def slots(self, build: int, terms: Sequence[str]) -> list[int]:
        asked = " OR ".join('"' + term.replace('"', "") + '"' for term in terms)
        with connection.cursor() as cursor:
            # One row of JSON is read twice as fast as the rows would be.
            cursor.execute(
                f"SELECT json_group_array(rowid) FROM search_terms_{build} WHERE search_terms_{build} MATCH %s", [asked]
            )
            found: list[int] = json.loads(cursor.fetchone()[0])
        return found

    def size(self, build: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE name GLOB %s OR name GLOB %s",
                [f"*search_*_{build}", f"*search_*_{build}_*"],
            )
            return cursor.fetchone()[0] or 0


class Postgres:
    def create(self, build: int) -> None:
        with connection.cursor() as cursor:
            _create_common(cursor, build, "bytea")
            # Apart from the rows and out of line, so that fetching slots touches few pages.
            cursor.execute(f"CREATE TABLE search_terms_{build} (slot integer PRIMARY KEY, terms tsvector NOT NULL)")

    def finish(self, build: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE INDEX search_terms_{build}_gin ON search_terms_{build} USING gin (terms)")
            cursor.execute(f"ANALYZE search_terms_{build}")

    def insert(self, build: int, rows: Sequence[Stored]) -> None:
        places = ", ".join(["%s"] * 9)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO search_rows_{build} ({_COLUMNS}) VALUES ({places})", [row[:9] for row in rows]
            )
            cursor.executemany(
                f"INSERT INTO search_terms_{build} (slot, terms) VALUES (%s, array_to_tsvector(%s))",
                [(row[0], row[9]) for row in rows],
            )

    def slots(self, build: int, terms: Sequence[str]) -> list[int]:
        asked = " | ".join("'" + term.replace("'", "").replace("\\", "") + "'" for term in terms)
        with connection.cursor() as cursor:
            # Reading the whole table means unpacking every document's terms, which the planner does not count.
            cursor.execute(
                "SET LOCAL enable_seqscan = off; "
                f"SELECT slot FROM search_terms_{build} WHERE terms @@ %s::tsquery; "
                "SET LOCAL enable_seqscan TO DEFAULT",
                [asked],
            )
            cursor.nextset()
            return [slot for (slot,) in cursor.fetchall()]

    def size(self, build: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name",
                [[f"search_{table}_{build}" for table in TABLES]],
            )
            return int(cursor.fetchone()[0] or 0)


def _create_common(cursor: Any, build: int, blob: str) -> None:
    texts = ", ".join(f"{name} text NOT NULL" for name in _COLUMNS.split(", ")[3:])
    cursor.execute(
        f"CREATE TABLE search_rows_{build} (slot integer PRIMARY KEY, document_id bigint NOT NULL UNIQUE, "
        f"popularity integer NOT NULL, {texts})"
    )
    cursor.execute(
        f"CREATE TABLE search_bits_{build} (name text NOT NULL, piece integer NOT NULL, bits {blob} NOT NULL, "
        "PRIMARY KEY (name, piece))"
    )
    cursor.execute(
        f"CREATE TABLE search_words_{build} (first text NOT NULL, second text NOT NULL, documents integer NOT NULL, "
        "PRIMARY KEY (first, second))"
    )


def read(statement: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())


def write(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
