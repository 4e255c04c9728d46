"""The set-based statement: a set's rules as one calculation. Sets whose rules say the same are calculated together.
Points are whole tenths here, so that no database rounds.

Rules that ask the same of evidence are one question. First every piece of evidence is read once, in the order of a
covering index, and gets a bit for each question that it answers; the bits of one page are put together, for a page
counts once; then the bits are counted for each person, and caps and maxima cut the sums. ``scoring.suggest`` says the
same of one person with reasons; tests hold the two equal.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import astuple, dataclass, replace
from decimal import Decimal
from itertools import groupby

from django.utils import timezone

from evaluation.criteria.bulk.people import Range
from evaluation.criteria.bulk.sql import (
    Sql,
    apart,
    has_topic,
    joined,
    key,
    least,
    moment,
    tenths_at,
    tenths_of,
    text_at,
)
from evaluation.criteria.inputs import rules_of
from evaluation.criteria.models import CriteriaSet
from evaluation.criteria.scoring import VERIFICATION_RANK, Rule, first_day
from learning.evidence.querysets import year_bounds

_BITS = 60  # questions in one whole number; further ones go into a second
# What rules ask of a piece of evidence, each kind and condition once however many rules share it, in the order of the
# kinds, with the name of the column that counts it.
_Questions = dict[tuple[str, Sql], str]


@dataclass(frozen=True)
class Program:
    """``maxima`` in the order of the indicators' numbers; rules without what is only for reading."""

    rules: tuple[Rule, ...]
    maxima: tuple[tuple[int, Decimal], ...]
    step: Decimal

    @property
    def fingerprint(self) -> str:
        plain = [[str(value) for value in astuple(rule)] for rule in self.rules]
        whole = json.dumps([plain, [[number, str(maximum)] for number, maximum in self.maxima], str(self.step)])
        return hashlib.sha256(whole.encode()).hexdigest()


def program_of(criteria_set: CriteriaSet) -> Program:
    """Three queries."""
    rules = (replace(rule, key=0, topic_name="") for rule in rules_of(criteria_set))
    maxima = criteria_set.indicators.order_by("number").values_list("number", "maximum")
    ordered = sorted(rules, key=lambda rule: (rule.indicator, rule.kind, [str(value) for value in astuple(rule)]))
    return Program(tuple(ordered), tuple(maxima), criteria_set.step)


def scored(program: Program, year: int, people: Sql, within: Range) -> Sql:
    """Rows of person_id, unit_id, set_id, tenths, total_tenths for the rows that ``people`` gives."""
    questions = _questions(program, year)
    figures = [_figure(program, number, maximum, year, questions) for number, maximum in program.maxima]
    names = [f"i{position}" for position in range(len(figures))]
    columns = ", ".join(f"{figure} AS {name}" for figure, name in zip(figures, names, strict=True))
    total = " + ".join(f"COALESCE({name}, 0)" for name in names) or "0"
    return (
        f"SELECT person_id, unit_id, set_id, {tenths_of(names)} AS tenths, {total} AS total_tenths"
        f" FROM (SELECT people.person_id, people.unit_id, people.set_id, {columns or '0 AS none'} FROM ("
        + people
        + ") people LEFT JOIN ("
        + _counts(questions, year, within)
        + ") counts ON counts.person_id = people.person_id"
        + apart()
        + ") figures"
    )


def without(program: Program, placed: Sql, number: int, year: int, within: Range) -> Sql:
    """The keys of those to whom the program suggests nothing; empty where it has no such indicator."""
    place = next((place for place, (one, _maximum) in enumerate(program.maxima) if one == number), None)
    if place is None:
        return Sql("")
    return (
        "SELECT suggested.person_id FROM ("
        + scored(program, year, placed, within)
        + f") suggested WHERE {tenths_at('suggested.tenths', place)} = 0"
    )


def _counts(questions: _Questions, year: int, within: Range) -> Sql:
    """How often each question is answered with yes, by person."""
    first, after = year_bounds(year)
    counts = "".join(
        f", COUNT(*) FILTER (WHERE mask{place // _BITS} & {1 << place % _BITS} <> 0) AS {name}"
        for place, name in enumerate(questions.values())
    )
    each = joined("", (", BIT_OR(" + mask + f") AS mask{number}" for number, mask in enumerate(_masks(questions))))
    return (
        f"SELECT person_id{counts} FROM (SELECT e.person_id, COALESCE(e.page_key, e.id) AS once"
        + each
        + Sql(
            " FROM evidence_evidence e WHERE e.person_id BETWEEN %s AND %s AND e.occurred_at >= %s"
            " AND e.occurred_at < %s AND e.id NOT IN (SELECT later.supersedes_id FROM evidence_evidence later"
            " WHERE later.supersedes_id IS NOT NULL)",
            (within.first, within.last, moment(first), moment(after)),
        )
        + " GROUP BY e.person_id, COALESCE(e.page_key, e.id)) met GROUP BY person_id"
    )


def _questions(program: Program, year: int) -> _Questions:
    asked = {_question(rule, year) for rule in program.rules}
    return {question: f"c{place}" for place, question in enumerate(sorted(asked, key=repr))}


def _question(rule: Rule, year: int) -> tuple[str, Sql]:
    return rule.kind, joined(" AND ", _conditions(rule, year))


def _masks(questions: _Questions) -> list[Sql]:
    bits = [(kind, condition, 1 << place % _BITS) for place, (kind, condition) in enumerate(questions)]
    return [_mask(bits[start : start + _BITS]) for start in range(0, len(bits), _BITS)]


def _mask(bits: list[tuple[str, Sql, int]]) -> Sql:
    """The bits of all questions that a piece of evidence answers; those about other kinds are not even asked."""
    cases = [
        Sql(" WHEN %s THEN ", (kind,)) + joined(" | ", (_bit(condition, bit) for _kind, condition, bit in asked))
        for kind, asked in groupby(bits, key=lambda one: one[0])
    ]
    return "CASE e.kind" + joined("", cases) + " ELSE 0 END"


def _bit(condition: Sql, bit: int) -> Sql:
    return "CASE WHEN " + condition + f" THEN {bit} ELSE 0 END" if condition.text else Sql(str(bit))


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


def _figure(program: Program, number: int, maximum: Decimal, year: int, questions: _Questions) -> str:
    """One indicator in tenths; null where no rule exists."""
    own = sorted((rule for rule in program.rules if rule.indicator == number), key=_kind_of)
    if not own:
        return "CAST(NULL AS BIGINT)"
    kinds = [_kind(list(rules), year, questions) for _name, rules in groupby(own, key=_kind_of)]
    limit = min([maximum, *(rule.indicator_cap for rule in own if rule.indicator_cap is not None)])
    step = _tenths(program.step)
    return f"{least(' + '.join(kinds), _tenths(limit))} / {step} * {step}"


def _kind(rules: list[Rule], year: int, questions: _Questions) -> str:
    counted = [(rule, questions[_question(rule, year)]) for rule in rules]
    sums = [least(f"COALESCE({count}, 0) * {_tenths(rule.points)}", _tenths(rule.cap)) for rule, count in counted]
    whole = " + ".join(sums)
    cap = rules[0].kind_cap
    return whole if cap is None else least(whole, _tenths(cap))


def _kind_of(rule: Rule) -> str:
    return rule.kind


def _tenths(points: Decimal) -> int:
    return int(points * 10)
