"""What SQLite and PostgreSQL each call it: tables of one build of the index, and their inverted lists.

Each build has tables of its own, named by its number: a rebuild fills new ones beside and drops the old.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from zlib import adler32, crc32

from django.db import connection, transaction

Stored = tuple[int, int, int, str, str, str, str, str, str, list[str]]
# FTS5 while it is loaded: so many bytes of lists in memory before they are written, and no merging; then as it comes.
_LOADING = {"hashsize": 64 * 1024 * 1024, "automerge": 0, "crisismerge": 400}
_USUAL = {"hashsize": 1024 * 1024, "automerge": 4, "crisismerge": 16}
_MERGED_PAGES = 2_000
_HALF = 2**63
TABLES = ("terms", "rows", "bits", "words")
_OF_WORDS = "first, second, documents"
_COLUMNS = "slot, document_id, popularity, title, summary, body, folded_title, folded_summary, folded_body"


class Dialect(ABC):
    blob: str

    def create(self, build: int) -> None:
        """Its tables."""
        texts = ", ".join(f"{name} text NOT NULL" for name in _COLUMNS.split(", ")[3:])
        write(
            f"CREATE TABLE search_rows_{build} (slot integer PRIMARY KEY, document_id bigint NOT NULL UNIQUE, "
            f"popularity integer NOT NULL, {texts})"
        )
        write(
            f"CREATE TABLE search_bits_{build} (name text NOT NULL, piece integer NOT NULL, bits {self.blob} NOT NULL, "
            "PRIMARY KEY (name, piece))"
        )
        write(
            f"CREATE TABLE search_words_{build} (first text NOT NULL, second text NOT NULL, "
            "documents integer NOT NULL, PRIMARY KEY (first, second))"
        )
        self._create_terms(build)

    @abstractmethod
    def _create_terms(self, build: int) -> None:
        """The inverted lists."""

    @abstractmethod
    def load(self, build: int, rows: Sequence[Stored]) -> None:
        """Like ``insert``, by the shortest way into tables that nobody searches yet, before ``finish``."""

    def load_words(self, build: int, rows: Sequence[tuple[str, str, int]]) -> None:
        """The vocabulary of a new build."""
        write(f"INSERT INTO search_words_{build} ({_OF_WORDS}) VALUES (%s, %s, %s)", rows)

    @abstractmethod
    def finish(self, build: int) -> None:
        """After the first load: what is made faster of everything at once."""

    def insert(self, build: int, rows: Sequence[Stored]) -> None:
        places = ", ".join(["%s"] * 9)
        write(f"INSERT INTO search_rows_{build} ({_COLUMNS}) VALUES ({places})", [row[:9] for row in rows])

    @abstractmethod
    def slots(self, build: int, terms: Sequence[str]) -> list[int]:
        """The slots that have any of the terms."""

    @abstractmethod
    def size(self, build: int) -> int:
        """Bytes on disk."""


def dialect() -> Dialect:
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


def drop(build: int) -> None:
    for table in TABLES:
        write(f"DROP TABLE IF EXISTS search_{table}_{build}")


class Sqlite(Dialect):
    blob = "BLOB"

    def _create_terms(self, build: int) -> None:
        write(
            f"CREATE VIRTUAL TABLE search_terms_{build} USING fts5(terms, content='', detail=none, "
            "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'\")"
        )

    def load(self, build: int, rows: Sequence[Stored]) -> None:
        """In memory to the end of the transaction, and not merged before ``finish``."""
        self._set(build, _LOADING)
        self.insert(build, rows)

    def finish(self, build: int) -> None:
        """Merges in steps, each a transaction of its own: whoever else writes waits for one step, not for all."""
        self._set(build, _USUAL)
        step = -_MERGED_PAGES  # below zero: all lists into one
        while True:
            before = connection.connection.total_changes
            self._set(build, {"merge": step})
            if connection.connection.total_changes - before < 2:  # nothing was left to do
                break
            step = _MERGED_PAGES

    def _set(self, build: int, values: Mapping[str, int]) -> None:
        write(f"INSERT INTO search_terms_{build}(search_terms_{build}, rank) VALUES (%s, %s)", list(values.items()))

    def insert(self, build: int, rows: Sequence[Stored]) -> None:
        super().insert(build, rows)
        terms = [(row[0], " ".join(row[9])) for row in rows]
        write(f"INSERT INTO search_terms_{build} (rowid, terms) VALUES (%s, %s)", terms)

    def slots(self, build: int, terms: Sequence[str]) -> list[int]:
        asked = " OR ".join('"' + term.replace('"', "") + '"' for term in terms)
        # One row of JSON is read twice as fast as the rows would be.
        found = f"SELECT json_group_array(rowid) FROM search_terms_{build} WHERE search_terms_{build} MATCH %s"
        slots: list[int] = json.loads(read(found, [asked])[0][0])
        return slots

    def size(self, build: int) -> int:
        found = "SELECT sum(pgsize) FROM dbstat WHERE name GLOB %s OR name GLOB %s"
        return read(found, [f"*search_*_{build}", f"*search_*_{build}_*"])[0][0] or 0


class Postgres(Dialect):
    blob = "bytea"

    def _create_terms(self, build: int) -> None:
        # Apart from the rows and out of line, so that fetching slots touches few pages.
        write(f"CREATE TABLE search_terms_{build} (slot integer PRIMARY KEY, terms bigint[] NOT NULL)")
        # Nobody plans by it, and counting them takes longer than a search.
        write(f"ALTER TABLE search_terms_{build} ALTER COLUMN terms SET STATISTICS 0")

    def load(self, build: int, rows: Sequence[Stored]) -> None:
        with connection.cursor() as cursor:
            with cursor.copy(f"COPY search_rows_{build} ({_COLUMNS}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row[:9])
            with cursor.copy(f"COPY search_terms_{build} (slot, terms) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((row[0], f"{{{','.join(map(_number_as_text, row[9]))}}}"))

    def load_words(self, build: int, rows: Sequence[tuple[str, str, int]]) -> None:
        with connection.cursor() as cursor, cursor.copy(f"COPY search_words_{build} ({_OF_WORDS}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def finish(self, build: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            cursor.execute(f"CREATE INDEX search_terms_{build}_gin ON search_terms_{build} USING gin (terms)")
            cursor.execute(f"ANALYZE search_terms_{build}")

    def insert(self, build: int, rows: Sequence[Stored]) -> None:
        super().insert(build, rows)
        terms = [(row[0], list(map(number_of, row[9]))) for row in rows]
        write(f"INSERT INTO search_terms_{build} (slot, terms) VALUES (%s, %s)", terms)

    def slots(self, build: int, terms: Sequence[str]) -> list[int]:
        asked = list(map(number_of, terms))
        with connection.cursor() as cursor:
            # Reading the whole table means unpacking every document's terms, which the planner does not count.
            cursor.execute(
                "SET LOCAL enable_seqscan = off; "
                f"SELECT slot FROM search_terms_{build} WHERE terms && %s::bigint[]; "
                "SET LOCAL enable_seqscan TO DEFAULT",
                [asked],
            )
            cursor.nextset()
            return [slot for (slot,) in cursor.fetchall()]

    def size(self, build: int) -> int:
        found = "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name"
        return int(read(found, [[f"search_{table}_{build}" for table in TABLES]])[0][0] or 0)


def number_of(term: str) -> int:
    """A term as PostgreSQL keeps it: 64 bits, which an inverted list sorts and compares far quicker than words.

    Two sums of different kinds, as either alone would take some terms of a large library for each other.
    """
    data = term.encode()
    return (crc32(data) << 32 | adler32(data)) - _HALF


@lru_cache(maxsize=65_536)
def _number_as_text(term: str) -> str:
    return str(number_of(term))


def read(statement: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return list(cursor.fetchall())


def write(statement: str, rows: Sequence[Sequence[Any]] | None = None) -> None:
    """Once for each row; a statement without rows once."""
    with connection.cursor() as cursor:
        if rows is None:
            cursor.execute(statement)
        elif rows:
            cursor.executemany(statement, rows)
