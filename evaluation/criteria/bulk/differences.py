"""Two calculations for the same people, and those of them whose figures differ."""

from collections.abc import Sequence

from evaluation.criteria.bulk.people import Range
from evaluation.criteria.bulk.program import Program
from evaluation.criteria.bulk.sql import Sql, joined, no_tenths
from evaluation.criteria.bulk.statement import scored
from evaluation.criteria.bulk.target import only
from evaluation.criteria.models import CriteriaSet, Preview

Programs = Sequence[tuple[Program, list[CriteriaSet]]]


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
