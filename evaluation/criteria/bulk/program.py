"""A set's rules as one calculation. Sets whose rules say the same are calculated together."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple, dataclass, replace
from decimal import Decimal

from evaluation.criteria.inputs import rules_of
from evaluation.criteria.models import CriteriaSet
from evaluation.criteria.scoring import Rule


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
