"""How learners do at what teaches each indicator: results by topic, joined with the criteria in force.

Home alone knows both sides. Only answers of people whose learning the user may view count.
"""

import datetime
from dataclasses import dataclass

from assessments.models import Attempt
from assessments.results.attempts import by_topic
from evaluation.criteria.models import CriteriaSet
from evaluation.criteria.teaching import wanted_by
from membership.policy import AnyUser


@dataclass(frozen=True)
class TopicResult:
    name: str
    count: int
    percent: int


@dataclass(frozen=True)
class IndicatorResult:
    number: int
    name: str
    topics: list[TopicResult]

    @property
    def count(self) -> int:
        return sum(topic.count for topic in self.topics)

    @property
    def percent(self) -> int | None:
        """The share of points of all answers; None where nobody has answered."""
        if not self.count:
            return None
        return round(sum(topic.percent * topic.count for topic in self.topics) / self.count)


def results_by_indicator(user: AnyUser, day: datetime.date) -> list[IndicatorResult]:
    """Of this year's attempts, by the national criteria in force on the day, all target groups together."""
    taught = Attempt.objects.taught_by(user).finished().filter(finished_at__year=day.year)
    results = {str(row["slug"]): row for row in by_topic(taught)}
    names: dict[int, str] = {}
    topics: dict[int, set[str]] = {}
    for criteria in CriteriaSet.objects.in_force(day).filter(unit=None):
        for wanted in wanted_by(criteria):
            names.setdefault(wanted.number, wanted.name)
            topics.setdefault(wanted.number, set()).update(wanted.topics)
    return [
        IndicatorResult(
            number, names[number], [_topic(results[slug]) for slug in sorted(topics[number] & set(results))]
        )
        for number in sorted(names)
    ]


def _topic(row: dict[str, object]) -> TopicResult:
    return TopicResult(str(row["name"]), int(str(row["count"])), int(str(row["percent"])))
