"""Which courses, quizzes and materials serve which indicator, for each target group, and where nothing does; and how
learners do at what teaches it.

Home alone knows both sides: what teaching publishes and tags, and what the criteria in force count.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.apps import apps
from django.utils import timezone
from django.utils.functional import Promise
from wagtail.models import Page

from assessments.models import Attempt, Question, QuizPage
from assessments.results.attempts import by_topic
from evaluation.criteria.models import CriteriaSet
from evaluation.criteria.teaching import Taught, Wanted, wanted_by
from learning.evidence.kinds import Kind
from membership.models import TargetGroup, Unit
from membership.policy import AnyUser
from training_materials.models import CoursePage, LessonPage, MaterialPage, StepPage, Topic
from training_materials.registries.indicators import Served
from work.kept import kept

StrOrPromise = str | Promise
READING = "material"  # read, never counted


@dataclass
class Cell:
    """What serves one indicator in one group: what gives points by a rule, and what else is on its topics."""

    counted: list[Taught] = field(default_factory=list)
    on_topic: list[Taught] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.counted or self.on_topic)


@dataclass(frozen=True)
class Row:
    """``by_group`` in the order of the groups; None where the group's set has no such indicator."""

    number: int
    name: str
    is_taught: bool
    by_group: list[tuple[StrOrPromise, Cell | None]]


@dataclass(frozen=True)
class Coverage:
    sets: list[tuple[StrOrPromise, CriteriaSet | None]]
    rows: list[Row]
    topics: list[tuple[Topic, int]]
    unknown: list[str]
    taught: list[Taught]

    @property
    def gaps(self) -> int:
        return sum(cell is not None and cell.is_empty for row in self.rows for _group, cell in row.by_group)


def coverage(unit: Unit | None, day: datetime.date) -> Coverage:
    """By the sets that hold at the unit on the day; without a unit, by the national ones."""
    sets = _sets_at(unit, day)
    wanted = _wanted(sets)
    taught = everything_taught()
    topics = list(Topic.objects.all())
    asked = {slug for rows in wanted.values() for row in rows for slug in row.topics}
    return Coverage(
        sets=[(label, sets[group]) for group, label in TargetGroup.choices],
        rows=rows_of(wanted, taught),
        topics=[(topic, sum(topic.slug in one.topics for one in taught)) for topic in topics],
        unknown=sorted(asked - {topic.slug for topic in topics}),
        taught=taught,
    )


def rows_of(wanted: dict[str, list[Wanted]], taught: list[Taught]) -> list[Row]:
    """One row for each number that any group's set has."""
    by_number: dict[int, dict[str, Wanted]] = {}
    for group, indicators in wanted.items():
        for one in indicators:
            by_number.setdefault(one.number, {})[group] = one
    return [_row(number, groups, taught) for number, groups in sorted(by_number.items())]


def offers() -> list[Taught]:
    """What is taught, for pages that lead to it; looked at anew every ten minutes."""
    return kept("offers", everything_taught, seconds=600)


def everything_taught() -> list[Taught]:
    """What is published for everyone to open: courses, their steps that give evidence, materials."""
    courses = list(CoursePage.objects.for_list().prefetch_related("topics"))
    materials = MaterialPage.objects.live().public().for_cards().order_by("title")
    minutes = _minutes()
    found = [
        _taught(course, Kind.COURSE_COMPLETED, course.audience, _slugs(course), minutes[course.path])
        for course in courses
    ]
    found += [one for model in _kinds_of_step() for one in _steps(model, courses)]
    return found + [_taught(page, READING, page.audience, _slugs(page), page.minutes) for page in materials]


def served_indicators() -> Served:
    """For the lists of what is taught, by the national sets in force; looked up anew every ten minutes. A course
    serves what any of its steps serves."""
    return kept("served-indicators", _served, seconds=600)


def _served() -> Served:
    found: dict[str, list[str]] = {}
    rows = rows_of(_wanted(_sets_at(None, timezone.localdate())), offers())
    for row in rows:
        cells = [cell for _group, cell in row.by_group if cell]
        serving = [one for cell in cells for one in (*cell.counted, *cell.on_topic)]
        for key in {key for one in serving for key in (one.key, one.course) if key}:
            found.setdefault(key, []).append(str(row.number))
    return Served({str(row.number): f"{row.number}. {row.name}" for row in rows}, found)


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


def _sets_at(unit: Unit | None, day: datetime.date) -> dict[str, CriteriaSet | None]:
    sets = CriteriaSet.objects
    return {
        group: sets.for_person(group, unit, day) if unit else sets.nationwide(group, day)
        for group in TargetGroup.values
    }


def _wanted(sets: Mapping[str, CriteriaSet | None]) -> dict[str, list[Wanted]]:
    return {group: wanted_by(one) if one else [] for group, one in sets.items()}


def _row(number: int, groups: dict[str, Wanted], taught: list[Taught]) -> Row:
    first = next(iter(groups.values()))
    return Row(
        number=number,
        name=first.name,
        is_taught=any(one.support != "no" for one in groups.values()),
        by_group=[
            (label, _cell(groups[group], group, taught) if group in groups else None)
            for group, label in TargetGroup.choices
        ],
    )


def _cell(wanted: Wanted, group: str, taught: Iterable[Taught]) -> Cell:
    cell = Cell()
    for one in taught:
        if not one.is_for(group):
            continue
        if any(wish.is_met_by(one) for wish in wanted.wishes):
            cell.counted.append(one)
        elif one.topics & wanted.topics:
            cell.on_topic.append(one)
    return cell


def _kinds_of_step() -> list[type[StepPage]]:
    """Every kind of step but lessons, which give no evidence of their own."""
    return [model for model in apps.get_models() if issubclass(model, StepPage) and model is not LessonPage]


def _minutes() -> Counter[str]:
    """By the path of a course, what all its steps take."""
    taken: Counter[str] = Counter()
    models: list[type[StepPage]] = [*_kinds_of_step(), LessonPage]
    for model in models:
        for path, minutes in model._default_manager.filter(live=True).values_list("path", "minutes"):
            taken[path[: -Page.steplen]] += minutes
    return taken


def _steps(model: type[StepPage], courses: list[CoursePage]) -> list[Taught]:
    """A quiz is on the topics of what it asks, another step on those of its course."""
    by_path = {course.path: course for course in courses}
    pages = model._default_manager.filter(live=True).order_by("path")
    asked = _topics_asked() if issubclass(model, QuizPage) else {}
    placed = [(page, by_path[above]) for page in pages if (above := page.path[: -page.steplen]) in by_path]
    return [_step(page, course, asked) for page, course in placed]


def _step(page: StepPage, course: CoursePage, asked: dict[int, frozenset[str]]) -> Taught:
    kind, topics = Kind.ACTIVITY_COMPLETED, _slugs(course)
    if isinstance(page, QuizPage):
        kind, topics = Kind.QUIZ_PASSED, asked[page.pk]
    return replace(_taught(page, kind, course.audience, topics, page.minutes), course=str(course.translation_key))


def _topics_asked() -> dict[int, frozenset[str]]:
    """By published quiz. The bank is counted, not read."""
    slugs, sizes = dict(Topic.objects.values_list("pk", "slug")), Question.objects.group_sizes()
    askings = QuizPage.objects.live().askings()
    return {
        quiz: frozenset(slugs[topic] for topic in asking.topics(sizes)) for (_title, quiz), asking in askings.items()
    }


def _taught(
    page: CoursePage | MaterialPage | StepPage, kind: str, audience: str, topics: frozenset[str], minutes: int
) -> Taught:
    return Taught(
        kind=str(kind),
        title=page.title,
        url=page.url or "",
        key=str(page.translation_key),
        audience=audience,
        topics=topics,
        minutes=minutes,
    )


def _slugs(page: CoursePage | MaterialPage) -> frozenset[str]:
    return frozenset(topic.slug for topic in page.topics.all())


def _topic(row: dict[str, object]) -> TopicResult:
    return TopicResult(str(row["name"]), int(str(row["count"])), int(str(row["percent"])))
