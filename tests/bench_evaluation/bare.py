"""The barest SQL that gives the same scores on this data: a streaming aggregate over the covering index, one count for
each rule, caps and maxima, written durably in two ranges side by side. It knows no pages that count once, no
corrections, no units, groups or sets, no progress and no going on after a stop."""

import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from evaluation.criteria.bulk import Program
from evaluation.criteria.scoring import VERIFICATION_RANK

YEAR = ("2026-01-01 00:00+07", "2027-01-01 00:00+07")


def bare_seconds(program: Program, size: int) -> float:
    """With PostgreSQL compiling the statement or not, whichever is quicker."""
    return min(_seconds(program, size, jit) for jit in ("on", "off"))


def _seconds(program: Program, size: int, jit: str) -> float:
    columns = ", ".join(f"i{number} integer" for number, _maximum in program.maxima)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare_scores")
        cursor.execute(f"CREATE TABLE bare_scores (person_id bigint PRIMARY KEY, {columns})")
    middle = size // 2
    statement = bare_statement(program)
    begin = time.monotonic()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda span: _run(statement, span, jit), [(1, middle), (middle + 1, size)]))
    return time.monotonic() - begin


def _run(statement: str, span: tuple[int, int], jit: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_hashagg = off; SET LOCAL enable_sort = off; SET LOCAL jit = {jit}")
        cursor.execute(statement, [*span, *YEAR])
    connection.close()


def bare_statement(program: Program) -> str:
    figures = ", ".join(_figure(program, number, maximum) for number, maximum in program.maxima)
    return (
        f"INSERT INTO bare_scores SELECT person_id, {figures} FROM evidence_evidence"
        " WHERE person_id BETWEEN %s AND %s AND occurred_at >= %s AND occurred_at < %s GROUP BY person_id"
    )


def _figure(program: Program, number: int, maximum) -> str:
    rules = [rule for rule in program.rules if rule.indicator == number]
    if not rules:
        return "NULL"
    parts = [f"LEAST(COUNT(*) FILTER (WHERE {_where(rule)}) * {rule.points * 10:.0f}, {rule.cap * 10:.0f})"
             for rule in rules]  # fmt: skip
    step = int(program.step * 10)
    return f"LEAST({' + '.join(parts)}, {maximum * 10:.0f}) / {step} * {step}"


def _where(rule) -> str:
    asked = [f"kind = '{rule.kind}'"]
    if rule.topic:
        asked.append(f"jsonb_exists(topics, '{rule.topic}')")
    if rule.least_score is not None:
        asked.append(f"score >= {rule.least_score}")
    if rank := VERIFICATION_RANK[rule.least_verification]:
        names = ", ".join(f"'{name}'" for name, place in VERIFICATION_RANK.items() if place >= rank)
        asked.append(f"verification IN ({names})")
    return " AND ".join(asked)
