"""What each indicator asks of teaching, as topics and keys of pages: judging imports no teaching, so whoever knows the
pages matches them with this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from evaluation.criteria.models import CriteriaSet, EvidenceRule, Indicator
from evaluation.criteria.scoring import Rule

EVERYONE = "everyone"


@dataclass(frozen=True)
class Taught:
    """Something that people learn from: ``kind`` is that of the evidence it gives, ``minutes`` what it takes, 0 where
    nobody says, ``course`` the key of the course that it is a step of."""

    kind: str
    title: str
    url: str
    key: str
    audience: str
    topics: frozenset[str]
    minutes: int = 0
    course: str = ""

    def is_for(self, group: str) -> bool:
        return self.audience in {EVERYONE, group}


@dataclass(frozen=True)
class Wish:
    """What a rule counts: evidence of the kind, on the topic, from the page. Empty text: any."""

    kind: str
    topic: str = ""
    page_key: str = ""

    @classmethod
    def of(cls, rule: Rule | EvidenceRule) -> Self:
        return cls(rule.kind, rule.topic, str(rule.page_key or ""))

    def is_met_by(self, one: Taught) -> bool:
        return (
            self.kind == one.kind
            and (not self.topic or self.topic in one.topics)
            and (not self.page_key or self.page_key == one.key)
        )


@dataclass(frozen=True)
class Wanted:
    """One indicator of one set: what its rules count, and which topics teach it, counted or not."""

    number: int
    name: str
    support: str
    wishes: tuple[Wish, ...]
    topics: frozenset[str]


def wanted_by(criteria_set: CriteriaSet) -> list[Wanted]:
    """By number. Two queries."""
    return [_wanted(indicator) for indicator in criteria_set.indicators.order_by("number").prefetch_related("rules")]


def _wanted(indicator: Indicator) -> Wanted:
    wishes = tuple(Wish.of(rule) for rule in indicator.rules.all())
    return Wanted(
        number=indicator.number,
        name=indicator.name,
        support=indicator.support,
        wishes=wishes,
        topics=frozenset(indicator.topic_slugs) | {wish.topic for wish in wishes if wish.topic},
    )
