"""Counting queries: the helper that keeps lists from growing with their rows."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def count_queries(call: Callable[[], Any]) -> int:
    """How many queries the call makes, savepoints and transaction marks left out."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return sum(not _is_mark(query["sql"]) for query in captured.captured_queries)


def assert_constant_queries(call: Callable[[], Any], add_rows: Callable[[], Any]) -> None:
    """The call makes as many queries after ``add_rows`` as before; a first call warms what is kept between."""
    call()
    before = count_queries(call)
    add_rows()
    after = count_queries(call)
    assert after <= before, f"{before} queries grew to {after} with the rows"


def _is_mark(sql: str) -> bool:
    return sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT"))
