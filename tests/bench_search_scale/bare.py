"""The barest index over the same text that each database makes: one query, ten best by its own rank, no facets."""

import time
from collections.abc import Callable

from django.db import connection

_TEXT = "title || ' ' || summary || ' ' || body"


def build_bare(say: Callable[[str], None]) -> float:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("CREATE VIRTUAL TABLE bare USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
            cursor.execute(f"INSERT INTO bare(rowid, text) SELECT id, {_TEXT} FROM search_searchdocument")
        else:
            cursor.execute(
                f"CREATE TABLE bare AS SELECT id, to_tsvector('simple', translate(lower({_TEXT}), %s, %s)) AS text "
                "FROM search_searchdocument",
                _fold_table(),
            )
            cursor.execute("CREATE INDEX bare_text ON bare USING gin (text)")
            cursor.execute("ANALYZE bare")
    return time.perf_counter() - began


def search_bare(words: list[str]) -> float:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            asked = " ".join(f'"{word}"' for word in words)
            cursor.execute("SELECT rowid FROM bare WHERE bare MATCH %s ORDER BY bm25(bare) LIMIT 10", [asked])
        else:
            asked = " & ".join(words)
            cursor.execute(
                "SELECT id FROM bare WHERE text @@ %s::tsquery ORDER BY ts_rank(text, %s::tsquery) DESC LIMIT 10",
                [asked, asked],
            )
        cursor.fetchall()
    return time.perf_counter() - began


def size_of_bare() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'bare%%'")
        else:
            cursor.execute("SELECT pg_total_relation_size('bare')")
        return int(cursor.fetchone()[0])


def _fold_table() -> list[str]:
    marked = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
    return [marked, "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5 + "d"]
