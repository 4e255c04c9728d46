"""A set as it stands in the database, as plain content."""

from typing import Any

from evaluation.criteria.exchange.content import (
    CapContent,
    CompetencyContent,
    IndicatorContent,
    RuleContent,
    SetContent,
)
from evaluation.criteria.exchange.fields import CAP, COMPETENCY, INDICATOR, RULE, SET, Column
from evaluation.criteria.models import CriteriaSet, Indicator


def content_of(criteria_set: CriteriaSet) -> SetContent:
    """Five queries."""
    plain = _values(criteria_set, SET, skipped={"unit", "parent"})
    indicators = criteria_set.indicators.select_related("competency").prefetch_related("rules", "kind_caps")
    return SetContent(
        **plain,
        unit=criteria_set.unit.code if criteria_set.unit else "",
        parent=str(criteria_set.parent.identifier) if criteria_set.parent else "",
        competencies=tuple(CompetencyContent(**_values(one, COMPETENCY)) for one in criteria_set.competencies.all()),
        indicators=tuple(_indicator(one) for one in indicators.order_by("number")),
    )


def _indicator(indicator: Indicator) -> IndicatorContent:
    return IndicatorContent(
        **_values(indicator, INDICATOR, skipped={"competency"}),
        competency=indicator.competency.number,
        caps=tuple(CapContent(**_values(one, CAP)) for one in indicator.kind_caps.all()),
        rules=tuple(_rule(one) for one in indicator.rules.all()),
    )


def _rule(rule: Any) -> RuleContent:
    return RuleContent(**{**_values(rule, RULE), "page_key": str(rule.page_key or "")})


def _values(row: Any, columns: list[Column], skipped: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    values = {column.name: getattr(row, column.name) for column in columns if column.name not in skipped}
    if "identifier" in values:
        values["identifier"] = str(values["identifier"])
    return values
