"""A decided dossier's figures again, from nothing but what its decision froze. Pure.

A rule or evidence that was frozen before a condition existed is read without that condition.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.utils import timezone

from evaluation.criteria.scoring import EvidenceItem, Rule, Suggestion, Verdict, judge, suggest

_POINTS = {"points", "cap", "least_score", "kind_cap", "indicator_cap"}
_DAYS = {"date_from", "date_to"}
_KNOWN = {field.name for field in fields(Rule)}


@dataclass(frozen=True)
class Replay:
    """``differences`` names what does not come out as it was frozen; nothing: everything does."""

    suggestions: dict[int, Suggestion]
    verdict: Verdict
    differences: tuple[str, ...]

    @property
    def is_faithful(self) -> bool:
        return not self.differences


def replay(frozen: Mapping[str, Any]) -> Replay:
    """Scores the frozen evidence by the frozen rules, and judges the frozen reviewed figures."""
    criteria, indicators = frozen["criteria"], frozen["indicators"]
    maxima = {row["number"]: Decimal(row["maximum"]) for row in indicators}
    items = [_item(row) for row in frozen["evidence"]]
    rules = [_rule(row) for row in frozen["rules"]]
    suggestions = suggest(items, rules, maxima, Decimal(criteria["step"]))
    reviewed = {row["number"]: _points(row["reviewed"]) for row in indicators}
    verdict = judge(reviewed, Decimal(criteria["threshold"]), Decimal(criteria["floor"]), maxima)
    return Replay(suggestions, verdict, tuple(_differences(frozen, suggestions, verdict)))


def replayed(frozen: Mapping[str, Any] | None) -> Replay | None:
    """None where nothing was decided, or where an erasure took the evidence and left the figures alone."""
    return None if not frozen or frozen.get("is_erased") else replay(frozen)


def _differences(frozen: Mapping[str, Any], suggestions: Mapping[int, Suggestion], verdict: Verdict) -> list[str]:
    found = []
    for row in frozen["indicators"]:
        suggestion = suggestions[row["number"]]
        if _points(row["suggested"]) != suggestion.points:
            found.append(f"indicator {row['number']}: suggested")
        if row["trace"] != list(suggestion.trace):
            found.append(f"indicator {row['number']}: trace")
    if Decimal(frozen["verdict"]["total"]) != verdict.total:
        found.append("total")
    if frozen["verdict"]["is_passed"] != verdict.is_passed:
        found.append("verdict")
    return found


def _rule(row: Mapping[str, Any]) -> Rule:
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name not in _KNOWN:
            continue
        if value is not None and name in _POINTS:
            value = Decimal(value)
        elif value is not None and name in _DAYS:
            value = datetime.date.fromisoformat(value)
        values[name] = value
    return Rule(**values)


def _item(row: Mapping[str, Any]) -> EvidenceItem:
    return EvidenceItem(
        key=row["id"],
        kind=row["kind"],
        title=row["title"],
        occurred_on=timezone.localdate(datetime.datetime.fromisoformat(row["occurred_at"])),
        verification=row["verification"],
        score=_points(row["score"]),
        topics=tuple(row["topics"]),
        page_key=row["page_key"] or "",
        issuer=row.get("issuer") or "",
    )


def _points(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
