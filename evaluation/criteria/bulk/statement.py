"""The set-based statement. Points are whole tenths here, so that no database rounds.

First every piece of evidence is read once, in the order of a covering index, and gets a bit for each rule that it
meets; the bits of one page are put together, for a page counts once; then the bits are counted for each person, and
caps and maxima cut the sums. ``scoring.suggest`` says the same of one person with reasons; tests hold the two equal.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from django.utils import timezone

from evaluation.criteria.bulk.people import Range
from evaluation.criteria.bulk.program import Program
from evaluation.criteria.bulk.sql import Sql, has_topic, joined, json_array, key, least, moment, text_at
from evaluation.criteria.scoring import VERIFICATION_RANK, Rule, first_day
from learning.evidence.querysets import year_bounds

_BITS = 60  # rules in one whole number; further ones go into a second


def scored(program: Program, year: int, people: Sql, within: Range) -> Sql:
    """Rows of person_id, unit_id, set_id, tenths (JSON), total_tenths for the rows that ``people`` gives."""
    figures = [_figure(program, number, maximum) for number, maximum in program.maxima]
    names = [f"i{position}" for position in range(len(figures))]
    columns = ", ".join(f"{figure} AS {name}" for figure, name in zip(figures, names, strict=True))
    total = " + ".join(f"COALESCE({name}, 0)" for name in names) or "0"
    return (
        f"SELECT person_id, unit_id, set_id, {json_array(names)} AS tenths, {total} AS total_tenths"
        f" FROM (SELECT people.person_id, people.unit_id, people.set_id, {columns or '0 AS none'} FROM ("
        + people
        + ") people LEFT JOIN ("
        + _counts(program, year, within)
        + ") counts ON counts.person_id = people.person_id) figures"
    )


def _counts(program: Program, year: int, within: Range) -> Sql:
    """How often each rule is met, by person."""
    masks = _masks(program.rules, year)
    first, after = year_bounds(year)
    bits = ", ".join(
        f"COUNT(*) FILTER (WHERE mask{place // _BITS} & {1 << place % _BITS} <> 0) AS r{place}"
        for place in range(len(program.rules))
    )
    each = joined(", ", (Sql("BIT_OR(") + mask + f") AS mask{number}" for number, mask in enumerate(masks)))
    return (
        f"SELECT person_id{', ' + bits if bits else ''} FROM (SELECT e.person_id, COALESCE(e.page_key, e.id) AS once, "
        + each
        + Sql(
            " FROM evidence_evidence e WHERE e.person_id BETWEEN %s AND %s AND e.occurred_at >= %s"
            " AND e.occurred_at < %s AND e.id NOT IN (SELECT later.supersedes_id FROM evidence_evidence later"
            " WHERE later.supersedes_id IS NOT NULL)",
            (within.first, within.last, moment(first), moment(after)),
        )
        + " GROUP BY e.person_id, COALESCE(e.page_key, e.id)) met GROUP BY person_id"
    )


def _masks(rules: Sequence[Rule], year: int) -> list[Sql]:
    chunks = [rules[start : start + _BITS] for start in range(0, len(rules), _BITS)] or [()]
    return [_mask(chunk, year) for chunk in chunks]


def _mask(rules: Sequence[Rule], year: int) -> Sql:
    """The bits of all rules that a piece of evidence meets; rules of other kinds are not even asked."""
    numbered = sorted(enumerate(rules), key=lambda pair: pair[1].kind)
    cases = [
        Sql(" WHEN %s THEN ", (kind,)) + _bits([(1 << place, rule) for place, rule in pairs], year)
        for kind, pairs in groupby(numbered, key=lambda pair: pair[1].kind)
    ]
    return "CASE e.kind" + joined("", cases) + " ELSE 0 END" if cases else Sql("0")


def _bits(pairs: list[tuple[int, Rule]], year: int) -> Sql:
    """Conditions that several rules share are asked once."""
    by_condition: dict[Sql, int] = {}
    for bit, rule in pairs:
        condition = joined(" AND ", _conditions(rule, year))
        by_condition[condition] = by_condition.get(condition, 0) | bit
    pieces = [
        Sql(str(bits)) if not condition.text else "CASE WHEN " + condition + f" THEN {bits} ELSE 0 END"
        for condition, bits in by_condition.items()
    ]
    return Sql("(") + joined(" | ", pieces) + ")"


def _conditions(rule: Rule, year: int) -> list[Sql]:
    found = []
    if rule.page_key:
        found.append(Sql("e.page_key = %s", (key(rule.page_key),)))
    if rule.least_score is not None:
        found.append(Sql(f"e.score >= {rule.least_score:f}"))
    if rank := VERIFICATION_RANK[rule.least_verification]:
        enough = tuple(name for name, place in VERIFICATION_RANK.items() if place >= rank)
        found.append(Sql(f"e.verification IN ({', '.join(['%s'] * len(enough))})", enough))
    if rule.topic:
        found.append(has_topic("e.topics", rule.topic))
    if rule.issuer:
        found.append(Sql(f"{text_at('e.details', 'issuer')} = %s", (rule.issuer,)))
    return found + _in_time(rule, year)


def _in_time(rule: Rule, year: int) -> list[Sql]:
    starts = [rule.date_from, None if rule.within_days is None else first_day(rule.within_days, year)]
    found = [Sql("e.occurred_at >= %s", (moment(_begin(start)),)) for start in starts if start is not None]
    if rule.date_to is not None:
        found.append(Sql("e.occurred_at < %s", (moment(_begin(rule.date_to + datetime.timedelta(days=1))),)))
    return found


def _begin(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=timezone.get_default_timezone())


def _figure(program: Program, number: int, maximum: Decimal) -> str:
    """One indicator in tenths; null where no rule exists."""
    own = [(place, rule) for place, rule in enumerate(program.rules) if rule.indicator == number]
    if not own:
        return "CAST(NULL AS BIGINT)"
    kinds = [_kind(list(pairs)) for _name, pairs in groupby(sorted(own, key=lambda pair: pair[1].kind),
                                                            key=lambda pair: pair[1].kind)]  # fmt: skip
    limit = min([maximum, *(rule.indicator_cap for _place, rule in own if rule.indicator_cap is not None)])
    step = _tenths(program.step)
    return f"{least(' + '.join(kinds), _tenths(limit))} / {step} * {step}"


def _kind(pairs: list[tuple[int, Rule]]) -> str:
    rules = [least(f"COALESCE(r{place}, 0) * {_tenths(rule.points)}", _tenths(rule.cap)) for place, rule in pairs]
    whole = " + ".join(rules)
    cap = pairs[0][1].kind_cap
    return whole if cap is None else least(whole, _tenths(cap))


def _tenths(points: Decimal) -> int:
    return int(points * 10)
