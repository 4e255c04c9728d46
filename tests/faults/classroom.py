"""The learners: what each sends, what was acknowledged, and whether that stands in the end."""

import datetime
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import django

from tests.production.machine import ROOT

sys.path[:0] = [str(ROOT), str(ROOT / "site")]
django.setup()

from django.db.models import Count  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from assessments.models import Attempt, QuizPage, Response  # noqa: E402
from home.demo.people import add_account  # noqa: E402
from learning.evidence.models import Evidence  # noqa: E402
from learning.tracking.actions import enrol  # noqa: E402
from membership.actions import add_person, add_unit  # noqa: E402
from membership.models import Role, TargetGroup, Unit, UnitKind, User  # noqa: E402
from tests.bench.learners import COURSE, session_of  # noqa: E402
from tests.factories.people import grant  # noqa: E402
from tests.factories.recognition import dossier_scored, second_recogniser  # noqa: E402
from tests.faults.browser import Browser  # noqa: E402
from tests.faults.drops import Drops  # noqa: E402
from tests.faults.learner import Learner, Standing  # noqa: E402
from tests.faults.newcomer import Newcomer  # noqa: E402
from tests.faults.others import Freezer, Uploader, Worker, Writer  # noqa: E402
from tests.faults.signer import Signer  # noqa: E402
from training_materials.models import CoursePage  # noqa: E402

DOSSIERS = 24  # more than are signed while it rains


@dataclass
class Seen:
    """What the learners saw: the latest acknowledged answer to each question, and what did not heal."""

    acknowledged: int = 0
    dropped: int = 0
    tried_again: int = 0
    standing: Standing = field(default_factory=dict)
    unhealed: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.acknowledged} answers acknowledged in {len(self.standing)} attempts, "
            f"{self.dropped} sockets dropped, {self.tried_again} tries repeated"
        )

    def failures(self) -> list[str]:
        return [f"not healed by trying again: {text}" for text in self.unhealed[:10]]


@dataclass(frozen=True)
class Found:
    lost: int
    doubled: int

    def __str__(self) -> str:
        return f"{self.lost} acknowledged answers lost, {self.doubled} attempts with two results"

    def failures(self) -> list[str]:
        return [str(self)] if self.lost or self.doubled else []


@dataclass(frozen=True)
class Classroom:
    learners: list[Learner]
    workers: list[Worker]
    newcomer: Newcomer


@dataclass(frozen=True)
class Place:
    """A chapter of its own in the commune, with an officer at each of its desks."""

    commune: Unit
    chapter: Unit
    chi: User
    dung: User
    lan: User


def set_up(count: int, drops: Drops) -> Classroom:
    """That many members who are enrolled in one course, and others beside them who work at something else."""
    at = timezone.now()
    place = _place(at)
    course = CoursePage.objects.get(slug=COURSE)
    quiz = QuizPage.objects.child_of(course).order_by("path")[0]
    learners = []
    for number in range(count):
        user = _member(f"hoc-{number}", place.chapter, at)
        enrol(person=user.person, course=course, by=user, at=at)
        learners.append(Learner(number, session_of(user), quiz.pk, drops))
    newcomer = Newcomer(place.lan, Browser("django_language=vi"), commune=place.commune)
    others = [(kind, _member(f"{kind.__name__}-{number}", place.chapter, at))
              for kind in (Uploader, Writer) for number in range(2)]  # fmt: skip
    workers = [kind(user, Browser(session_of(user))) for kind, user in others]
    return Classroom(learners, [*workers, *_officers(place, at), newcomer], newcomer)


def _place(at: datetime.datetime) -> Place:
    commune = Unit.objects.filter(kind=UnitKind.COMMUNE).order_by("path")[0]
    association = commune.get_children().get(kind=UnitKind.ASSOCIATION)
    chapter = add_unit(
        parent=association, kind=UnitKind.CHAPTER, code="CH-F", name="Chi hội F", valid_from=at.date(), by=None, at=at
    )
    offices = {
        "chi": (Role.CHAPTER_OFFICER, chapter),
        "dung": (Role.COMMUNE_OFFICER, association),
        "lan": (Role.RECOGNISER, commune),
    }
    officers = {name: _member(f"{name}-f", chapter, at) for name in offices}
    for name, (role, unit) in offices.items():
        grant(officers[name], role, unit)
    return Place(commune, chapter, **officers)


def _member(name: str, chapter: Unit, at: datetime.datetime) -> User:
    administrator = User.objects.get(username="quan-tri")
    person = add_person(
        full_name=f"Người {name}", birth_year=1980, group=TargetGroup.RESIDENTS, unit=chapter, by=administrator, at=at
    )
    return add_account(username=name, person=person, at=at)


def _officers(place: Place, at: datetime.datetime) -> list[Worker]:
    """Who freezes the reports of the association, and who signs decisions on what lies ready."""
    ready = [dossier_scored(_member(f"ky-{number}", place.chapter, at), place, at=at) for number in range(DOSSIERS)]
    freezer = Freezer(place.dung, Browser(session_of(place.dung)), unit=place.chapter.get_parent())
    signs, confirms = (Browser(session_of(user)) for user in (place.lan, second_recogniser(place.commune)))
    return [freezer, Signer(place.lan, signs, second=confirms, dossiers=ready)]


def take_quizzes(
    learners: list[Learner],
    *,
    attempts: int,
    rounds: int,
    until: Callable[[], bool] = lambda: True,
    is_numbered_when_sent: bool = False,
) -> Seen:
    """All at once, at least that many attempts each, and on until enough has gone wrong."""
    seen = Seen()
    with ThreadPoolExecutor(len(learners)) as pool:
        works = [
            pool.submit(learner.study, attempts, rounds, until, is_numbered_when_sent=is_numbered_when_sent)
            for learner in learners
        ]
        for work in works:
            log = work.result()
            seen.acknowledged += log.acknowledged
            seen.dropped += log.dropped
            seen.tried_again += log.tried_again
            seen.standing |= log.standing
            seen.unhealed += log.unhealed
    return seen


def compare(seen: Seen) -> Found:
    """What the database holds against what was acknowledged."""
    django.db.connection.close()  # it may have been ended while the learners worked
    rows = Response.objects.filter(attempt__in=list(seen.standing)).values_list("attempt_id", "position", "answer")
    held = {(str(attempt), position): answer for attempt, position, answer in rows}
    lost = sum(
        held.get((attempt, position)) != answer
        for attempt, answers in seen.standing.items()
        for position, answer in answers.items()
    )
    keys = [f"quiz:{attempt}" for attempt in seen.standing]
    passed = Attempt.objects.filter(pk__in=list(seen.standing), is_passed=True).count()
    evidence = Evidence.objects.filter(source_key__in=keys).count()
    unfinished = Attempt.objects.filter(pk__in=list(seen.standing), finished_at=None).count()
    twice = Attempt.objects.values("enrolment", "number").annotate(count=Count("pk")).filter(count__gt=1).count()
    return Found(lost, doubled=abs(evidence - passed) + twice + unfinished)


def tasks_waiting() -> int:
    return DBTaskResult.objects.ready().count() + DBTaskResult.objects.running().count()


def tasks_failed() -> list[tuple[str, str]]:
    return list(DBTaskResult.objects.failed().values_list("task_path", "exception_class_path"))
