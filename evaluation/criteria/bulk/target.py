"""Where the statement's rows go, one for each person and year, written only where it says something new; and, of two
calculations for the same people, those whose figures differ."""

from collections.abc import Sequence

from evaluation.criteria.bulk.people import Range
from evaluation.criteria.bulk.sql import Sql, joined, no_tenths
from evaluation.criteria.bulk.statement import Program, scored
from evaluation.criteria.models import CriteriaSet, Preview

_COLUMNS = ("unit_id", "criteria_set_id", "tenths", "total_tenths")
Programs = Sequence[tuple[Program, list[CriteriaSet]]]


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
    """Removes the rows of those in the range who are not placed any more. Of who withdrew their consent the last
    stays, unless they objected too."""
    head = Sql(
        "DELETE FROM criteria_suggestedscores WHERE year = %s AND person_id BETWEEN %s AND %s"
        " AND person_id NOT IN (SELECT person_id FROM (",
        (year, people.first, people.last),
    )
    held = "SELECT id FROM membership_person WHERE withdrawn_at IS NOT NULL AND objected_at IS NULL"
    return head + placed + f") placed_now WHERE set_id IS NOT NULL) AND person_id NOT IN ({held})"


def differences(
    preview: Preview, draft: Program, concerned: Sql, before: Programs, placed: Sql, people: Range
) -> tuple[Sql, Sql]:
    """What writes the lines of the preview, and what counts the people whom the draft concerns."""
    own = only(concerned, [preview.criteria_set])
    after = scored(draft, preview.year, own, people)
    earlier = [scored(program, preview.year, only(placed, sets), people) for program, sets in before]
    empty = Sql(f"SELECT CAST(NULL AS bigint) AS person_id, {no_tenths()} AS tenths, 0 AS total_tenths WHERE 1 = 0")
    standing = joined(" UNION ALL ", [_figures(rows) for rows in earlier]) if earlier else empty
    lines = (
        Sql(
            "INSERT INTO criteria_previewline (preview_id, person_id, unit_id, before, after, difference_tenths)"
            " SELECT %s, new.person_id, new.unit_id, old.tenths, new.tenths,"
            " new.total_tenths - COALESCE(old.total_tenths, 0) FROM (",
            (preview.pk,),
        )
        + after
        + ") new LEFT JOIN ("
        + standing
        + ") old ON old.person_id = new.person_id WHERE old.tenths IS NULL OR old.tenths <> new.tenths"
    )
    return lines, "SELECT COUNT(*) FROM (" + own + ") concerned"


def _figures(rows: Sql) -> Sql:
    return "SELECT person_id, tenths, total_tenths FROM (" + rows + ") each_one"
