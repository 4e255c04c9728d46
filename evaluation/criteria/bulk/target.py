"""Where the statement's rows go: one row for each person and year, written only where it says something new."""

from collections.abc import Sequence

from evaluation.criteria.bulk.people import Range
from evaluation.criteria.bulk.sql import Sql
from evaluation.criteria.models import CriteriaSet

_COLUMNS = ("unit_id", "criteria_set_id", "tenths", "total_tenths")


def only(placed: Sql, sets: Sequence[CriteriaSet]) -> Sql:
    """Of the people in their sets those in these."""
    keys = ", ".join(str(one.pk) for one in sets)
    return "SELECT * FROM (" + placed + f") every WHERE set_id IN ({keys})"


def insert(rows: Sql, year: int) -> Sql:
    """Writes the rows that ``statement.scored`` gives, where none stands yet."""
    result = "result.unit_id, result.set_id, result.tenths, result.total_tenths"
    return (
        f"INSERT INTO criteria_suggestedscores (year, person_id, {', '.join(_COLUMNS)})"
        f" SELECT {year:d}, result.person_id, {result} FROM (" + rows + ") result WHERE result.set_id IS NOT NULL"
    )


def upsert(rows: Sql, year: int) -> Sql:
    """The same where rows may stand: one that says the same is left alone."""
    new = ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS)
    changed = " OR ".join(f"criteria_suggestedscores.{column} <> excluded.{column}" for column in _COLUMNS)
    return insert(rows, year) + f" ON CONFLICT (year, person_id) DO UPDATE SET {new} WHERE {changed}"


def gone(placed: Sql, year: int, people: Range) -> Sql:
    """Removes the rows of those in the range who are not placed any more."""
    head = Sql(
        "DELETE FROM criteria_suggestedscores WHERE year = %s AND person_id BETWEEN %s AND %s"
        " AND person_id NOT IN (SELECT person_id FROM (",
        (year, people.first, people.last),
    )
    return head + placed + ") placed_now WHERE set_id IS NOT NULL)"
