"""From evidence to suggested points, and from points to a verdict. Pure: plain values in, frozen values out.

Each rule gives its points once for each page (or, without a page, for each piece of evidence), up to its cap. An
indicator adds up its rules, those of one kind up to that kind's cap, all of them up to what evidence may suggest and
up to its maximum, rounded down to the set's step. So more evidence never lowers a suggestion, no order or repetition
of evidence changes it, and nothing passes a cap.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Literal, TypedDict

# From the weakest to the strongest.
VERIFICATION_RANK = {"none": 0, "recomputed": 1, "document_seen": 2, "server_marked": 3, "signed": 4}


@dataclass(frozen=True)
class EvidenceItem:
    """What scoring needs of one standing piece of evidence; ``score`` is from 0 to 1."""

    key: str
    kind: str
    title: str
    occurred_on: datetime.date
    verification: str
    score: Decimal | None = None
    topics: tuple[str, ...] = ()
    page_key: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class Rule:
    """Which evidence gives how many points on which indicator (by number). Empty text: any.

    ``within_days`` counts back from the last day of the year in which the evidence occurred: the year that is judged.
    The two wider caps, over all rules of the kind and of the indicator, stand on each rule, so that a list of rules
    says all that scoring needs.
    """

    key: int
    indicator: int
    kind: str
    points: Decimal
    cap: Decimal
    topic: str = ""
    topic_name: str = ""
    page_key: str = ""
    least_score: Decimal | None = None
    least_verification: str = "none"
    issuer: str = ""
    date_from: datetime.date | None = None
    date_to: datetime.date | None = None
    within_days: int | None = None
    kind_cap: Decimal | None = None
    indicator_cap: Decimal | None = None


class TraceLine(TypedDict):
    """One piece of evidence under one rule, as JSON keeps it: numbers as text, the day as ISO text."""

    rule: int
    evidence: str
    kind: str
    title: str
    day: str
    score: str | None
    points: str
    counted: str
    cap: str


def counted_by_evidence(trace: Iterable[TraceLine]) -> dict[str, Decimal]:
    """What each piece of evidence adds, by its key: nothing where a cap left no room for it."""
    found: dict[str, Decimal] = {}
    for line in trace:
        found[line["evidence"]] = found.get(line["evidence"], Decimal(0)) + Decimal(line["counted"])
    return found


@dataclass(frozen=True)
class Suggestion:
    """``points`` is None where no rule exists: nothing can be suggested."""

    points: Decimal | None
    trace: tuple[TraceLine, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why a verdict is not a pass: no figure, below the floor, or a total below the threshold."""

    kind: Literal["missing", "floor", "total"]
    number: int | None = None
    points: Decimal | None = None
    limit: Decimal | None = None


@dataclass(frozen=True)
class Verdict:
    is_passed: bool
    is_complete: bool
    total: Decimal
    reasons: tuple[Reason, ...] = ()


def suggest(
    items: Iterable[EvidenceItem], rules: Iterable[Rule], maxima: Mapping[int, Decimal], step: Decimal
) -> dict[int, Suggestion]:
    """The suggestion for each indicator number of ``maxima``. Superseded evidence is left out by the caller."""
    ordered = sorted(items, key=lambda item: (item.occurred_on, item.key))
    sorted_rules = sorted(rules, key=lambda rule: rule.key)
    return {
        number: _suggest_one(ordered, [rule for rule in sorted_rules if rule.indicator == number], maximum, step)
        for number, maximum in sorted(maxima.items())
    }


def judge(points: Mapping[int, Decimal | None], threshold: Decimal, floor: Decimal, numbers: Iterable[int]) -> Verdict:
    """Passed when every indicator has a figure, none is below the floor, and the total reaches the threshold."""
    figures = {number: points.get(number) for number in sorted(numbers)}
    total = sum((value for value in figures.values() if value is not None), Decimal(0))
    reasons = [Reason("missing", number) for number, value in figures.items() if value is None]
    is_complete = not reasons
    reasons += [
        Reason("floor", number, value, floor)
        for number, value in figures.items()
        if value is not None and value < floor
    ]
    if total < threshold:
        reasons.append(Reason("total", None, total, threshold))
    return Verdict(not reasons, is_complete, total, tuple(reasons))


def matches(rule: Rule, item: EvidenceItem) -> bool:
    return (
        rule.kind == item.kind
        and (not rule.topic or rule.topic in item.topics)
        and (not rule.page_key or rule.page_key == item.page_key)
        and (not rule.issuer or rule.issuer == item.issuer)
        and (rule.least_score is None or (item.score is not None and item.score >= rule.least_score))
        and _is_in_time(rule, item.occurred_on)
        and VERIFICATION_RANK[item.verification] >= VERIFICATION_RANK[rule.least_verification]
    )


def first_day(within_days: int, year: int) -> datetime.date:
    """The first day that still counts for a rule that looks so far back from the end of the year."""
    return datetime.date(year, 12, 31) - datetime.timedelta(days=within_days)


def _is_in_time(rule: Rule, day: datetime.date) -> bool:
    return (
        (rule.date_from is None or day >= rule.date_from)
        and (rule.date_to is None or day <= rule.date_to)
        and (rule.within_days is None or day >= first_day(rule.within_days, day.year))
    )


def _suggest_one(items: list[EvidenceItem], rules: list[Rule], maximum: Decimal, step: Decimal) -> Suggestion:
    if not rules:
        return Suggestion(None)
    room = _Room(rules)
    trace = [line for rule in rules for line in _apply(rule, items, room)]
    total = sum((Decimal(line["counted"]) for line in trace), Decimal(0))
    return Suggestion(_round_down(min(total, maximum), step), tuple(trace))


class _Room:
    """How much the rules of one indicator may still give: each rule, all of its kind, and all together."""

    def __init__(self, rules: list[Rule]) -> None:
        self.caps: dict[str, Decimal] = {f"rule {rule.key}": rule.cap for rule in rules}
        self.caps |= {f"kind {rule.kind}": rule.kind_cap for rule in rules if rule.kind_cap is not None}
        wide = [rule.indicator_cap for rule in rules if rule.indicator_cap is not None]
        if wide:
            self.caps["all"] = min(wide)
        self.left = dict(self.caps)

    def take(self, rule: Rule) -> tuple[Decimal, Decimal]:
        """What one more piece counts, and the cap that cut it (the rule's own where none did)."""
        names = [name for name in (f"rule {rule.key}", f"kind {rule.kind}", "all") if name in self.left]
        tightest = min(names, key=lambda name: self.left[name])
        counted = min(rule.points, self.left[tightest])
        for name in names:
            self.left[name] -= counted
        return counted, self.caps[tightest] if counted < rule.points else rule.cap


def _apply(rule: Rule, items: list[EvidenceItem], room: _Room) -> list[TraceLine]:
    lines: list[TraceLine] = []
    seen: set[str] = set()
    for item in items:
        once = item.page_key or item.key
        if once in seen or not matches(rule, item):
            continue
        seen.add(once)
        lines.append(_line(rule, item, *room.take(rule)))
    return lines


def _line(rule: Rule, item: EvidenceItem, counted: Decimal, cap: Decimal) -> TraceLine:
    return {
        "rule": rule.key,
        "evidence": item.key,
        "kind": item.kind,
        "title": item.title,
        "day": item.occurred_on.isoformat(),
        "score": None if item.score is None else str(item.score),
        "points": str(rule.points),
        "counted": str(counted),
        "cap": str(cap),
    }


def _round_down(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_FLOOR) * step
