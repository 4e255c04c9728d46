"""What the demo's members learned over two years: courses, quizzes, what they played, meetings, certificates."""

from __future__ import annotations

import datetime
import random
import uuid
from dataclasses import dataclass
from typing import Any

from assessments.actions import finish, start
from assessments.actions.answering import Given
from assessments.models import QuizPage
from home.demo.answers import right, wrong
from home.demo.gatherings import hold_sessions
from home.demo.people import Commune, Population, add_account, person_of
from learning.evidence.actions import (
    confirm,
    declare,
    observe,
    record,
    refuse,
    seal,
    withdraw,
)
from learning.evidence.facts import Fact
from learning.evidence.kinds import Kind
from learning.evidence.models import Checkpoint, EnteredBy, Source, Unsealed, Verification
from learning.tracking.actions import complete_step, enrol, launch, take_entries
from learning.tracking.models import ActivityPage, Enrolment
from learning.tracking.play.entries import SaidEntry
from membership.models import Person, Role, User
from training_materials.models import CoursePage, StepPage

_COURSES = ["tieu-chi-va-minh-chung", "ky-nang-so-co-ban", "lap-ke-hoach-hoc-tap"]
_MEETING = "Hội nghị sinh hoạt chi hội: bàn kế hoạch học tập của năm"
_MEETING_TOPICS = ("phong-trao-khuyen-hoc", "hoc-tap-suot-doi")
_WRITTEN = (
    "Tôi sẽ rủ chị Tư cạnh nhà cùng học cách làm giấy tờ trên điện thoại. Chị có máy mà chỉ dùng để gọi.\n"
    "Chiều thứ Ba và thứ Sáu, lúc 4 giờ, hai chị em ngồi ở nhà văn hóa khối phố vì ở đó có wifi. Mỗi buổi chừng nửa "
    "tiếng, trong tháng đầu chỉ tập tìm thông tin và đặt lịch khám.\n"
    "Tôi học trước bài ở trang này, rồi ngồi cạnh để chị tự bấm, không bấm hộ. Cuối tháng hai chị em xem lại đã làm "
    "được việc nào."
)
_CERTIFICATE = "Chứng nhận Bình dân học vụ số"
# Who played what, so many days ago.
_PLAYED = (
    ("an", "the-ghi-nho-muoi-chi-so", 12),
    ("an", "kiem-tra-nhanh-minh-chung", 11),
    ("hoa", "kiem-tra-nhanh-minh-chung", 70),
)


@dataclass(frozen=True)
class Course:
    page: CoursePage
    steps: list[StepPage]


@dataclass
class Calendar:
    """Moments of the two years, never later than now."""

    now: datetime.datetime
    chance: random.Random

    def moment(self, year: int, first_month: int, last_month: int) -> datetime.datetime:
        month, day = self.chance.randint(first_month, last_month), self.chance.randint(1, 28)
        evening = datetime.time(self.chance.randint(18, 21), self.chance.randint(0, 59))
        at = datetime.datetime.combine(datetime.date(year, month, day), evening, tzinfo=self.now.tzinfo)
        return min(at, self.now - datetime.timedelta(minutes=self.chance.randint(30, 600)))


def learn_everything(population: Population, calendar: Calendar) -> None:
    courses = [_course(slug) for slug in _COURSES]
    years = (calendar.now.year - 1, calendar.now.year)
    for commune in population.communes:
        for person in commune.members:
            if calendar.chance.random() < 0.55:
                user = add_account(username=f"hoc-vien-{person.pk}", person=person, at=person.created_at)
                _two_years(user, courses, years, calendar)
        for year in years:
            _meeting(commune, year, calendar)
            _certificates(commune, year, calendar)
    _standing(population, courses, calendar)


def play_activities(population: Population, now: datetime.datetime) -> None:
    for username, slug, days in _PLAYED:
        _play(population.users[username], ActivityPage.objects.get(slug=slug), now - datetime.timedelta(days=days))


def fill_ledger(population: Population, now: datetime.datetime, chance: random.Random) -> None:
    hold_sessions(population, now)
    _papers(population, now, chance)


def _course(slug: str) -> Course:
    page = CoursePage.objects.get(slug=slug)
    return Course(page, [step for step in page.steps() if not _is_for_trying(step)])


def _is_for_trying(step: StepPage) -> bool:
    """Activities, practice and placements are for whoever tries the demo: nobody has to do them."""
    return isinstance(step, ActivityPage) or (isinstance(step, QuizPage) and step.purpose != QuizPage.Purpose.GRADED)


def _two_years(user: User, courses: list[Course], years: tuple[int, int], calendar: Calendar) -> None:
    """Most take a course a year; a few stop half-way, some do not pass."""
    wanted = calendar.chance.sample(courses, 2)
    for year, course in zip(years, wanted, strict=True):
        first_month = 7 if year == years[0] else 1
        at = calendar.moment(year, first_month, 11)
        study(user, course, at, calendar.chance, fraction=calendar.chance.choice([0.3, 0.6, 1, 1, 1, 1, 1]))


def study(user: User, course: Course, at: datetime.datetime, chance: random.Random, *, fraction: float) -> None:
    """Goes through that part of the course's steps, some minutes each."""
    enrolment = enrol(person=person_of(user), course=course.page, by=user, at=at)
    for step in course.steps[: round(len(course.steps) * fraction)]:
        at += datetime.timedelta(minutes=chance.randint(4, 15))
        if isinstance(step, QuizPage):
            attempt = start(enrolment=enrolment, quiz=step, by=user, at=at, rng=chance)
            given = [
                Given(
                    response.position,
                    (right if chance.random() < 0.93 else wrong)(response.version.parsed, response.order),
                    1,
                )
                for response in attempt.responses.select_related("version")
            ]
            finish(attempt=attempt, by=user, at=at + datetime.timedelta(minutes=9), given=given)
        else:
            complete_step(enrolment=enrolment, step=step, at=at)


def _meeting(commune: Commune, year: int, calendar: Calendar) -> None:
    """The officers' list of who came."""
    at = calendar.moment(year, 8, 8)
    for person in commune.members:
        if calendar.chance.random() < 0.6:
            fact = Fact(
                person_id=person.pk,
                kind=Kind.ATTENDANCE,
                title=_MEETING,
                occurred_at=at,
                source=Source.OFFICER,
                verification=Verification.DOCUMENT_SEEN,
                entered_by=EnteredBy.ASSISTED,
                source_key=f"demo:meeting:{year}:{person.pk}",
                topics=_MEETING_TOPICS,
            )
            record(fact=fact, by=commune.officer(Role.COMMUNE_OFFICER, commune.association), at=at)


def _certificates(commune: Commune, year: int, calendar: Calendar) -> None:
    """A few bring a certificate from elsewhere; the commune's officer has seen it."""
    officer = commune.officer(Role.COMMUNE_OFFICER, commune.association)
    for person in calendar.chance.sample(commune.members, 4):
        at = calendar.moment(year, 8, 11)
        declared = declare_certificate(person, officer, at, calendar.chance)
        confirm(evidence=declared, by=officer, at=at)


def declare_certificate(person: Person, by: User, at: datetime.datetime, chance: random.Random):  # type: ignore[no-untyped-def]
    return declare(
        person=person,
        kind=Kind.EXTERNAL_CERTIFICATE,
        title=_CERTIFICATE,
        occurred_at=at,
        details={"issuer": "binhdanhocvuso.gov.vn", "code": f"BDHVS-{person.code}"},
        upload=None,
        token=uuid.UUID(int=chance.getrandbits(128), version=4),
        by=by,
        at=at,
    )


def _standing(population: Population, courses: list[Course], calendar: Calendar) -> None:
    """An is in the middle of a course; Hoa, Chi and Dũng have finished theirs."""
    now, chance = calendar.now, calendar.chance
    an, hoa = population.users["an"], population.users["hoa"]
    study(an, courses[0], now - datetime.timedelta(days=40), chance, fraction=1)
    study(an, courses[1], now - datetime.timedelta(days=2), chance, fraction=0.5)
    for course in courses:
        study(hoa, course, now - datetime.timedelta(days=chance.randint(60, 120)), chance, fraction=1)
    for username in ("chi", "dung"):
        study(population.users[username], courses[0], now - datetime.timedelta(days=90), chance, fraction=1)
    declare_certificate(person_of(an), an, now - datetime.timedelta(days=20), chance)
    _write(hoa, courses[2], now - datetime.timedelta(hours=20))


def _write(user: User, course: Course, at: datetime.datetime) -> None:
    """A written answer that waits for a trainer."""
    quiz = QuizPage.objects.child_of(course.page).get(purpose=QuizPage.Purpose.PRACTICE)
    enrolment = Enrolment.objects.get(person=person_of(user), course=course.page)
    attempt = start(enrolment=enrolment, quiz=quiz, by=user, at=at, rng=random.Random(1))
    finish(attempt=attempt, by=user, at=at + datetime.timedelta(minutes=12), given=[Given(1, _WRITTEN, 1)])


def _play(user: User, page: ActivityPage, at: datetime.datetime) -> None:
    course = CoursePage.objects.get(pk=page.get_parent().pk)
    play = launch(enrolment=enrol(person=person_of(user), course=course, by=user, at=at), activity=page, by=user, at=at)
    assert play.version is not None
    result = {"response": _response(play.version.params), "completion": True}
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{user.username}/{page.slug}")
    said = SaidEntry(key, "completed", is_result=True, data={"statement": {"result": result}})
    take_entries(play_id=play.pk, entries=[said], by=user, at=at + datetime.timedelta(minutes=6))


def _response(params: dict[str, Any]) -> str:
    """Every card known at last, the third after a second look; every right answer chosen."""
    if "cards" in params:
        numbers = range(len(params["cards"]))
        told = [(number, 0 if number == 2 else 1) for number in numbers]
        return "[,]".join(f"{number}[.]{known}" for number, known in [*told, (2, 1)])
    return "[,]".join(
        f"{number}[.]{place}"
        for number, question in enumerate(params["questions"])
        for place, answer in enumerate(question["answers"])
        if answer.get("isRight")
    )


def _papers(population: Population, now: datetime.datetime, chance: random.Random) -> None:
    """Some wait to be checked, one was refused, one taken back, one is what an officer saw."""
    dung, chi, an = (population.users[name] for name in ("dung", "chi", "an"))
    commune = population.communes[0]
    for days, person in enumerate(commune.members[:4], start=2):
        declare_certificate(person, dung, now - datetime.timedelta(days=days), chance)
    refused = declare_certificate(person_of(an), an, now - datetime.timedelta(days=9), chance)
    reason = "Ảnh chụp mờ, không đọc được số hiệu. Mời chụp lại."
    refuse(evidence=refused, reason=reason, by=dung, at=now - datetime.timedelta(days=8))
    mistaken = declare_certificate(person_of(an), an, now - datetime.timedelta(days=7), chance)
    withdraw(evidence=mistaken, reason="Tôi nhập trùng.", by=an, at=now - datetime.timedelta(days=7))
    observe(
        person=person_of(an),
        title="Hướng dẫn bà con trong khối phố dùng Cổng dịch vụ công",
        text="Ba buổi tối, mỗi buổi chừng mười người.",
        occurred_at=now - datetime.timedelta(days=25),
        token=uuid.UUID(int=chance.getrandbits(128), version=4),
        by=chi,
        at=now - datetime.timedelta(days=24),
    )


def seal_by_months(now: datetime.datetime) -> None:
    """As if it had been sealed each month, so that the register has something to compare."""
    first = Unsealed.objects.order_by("recorded_at").first()
    moment = first.recorded_at if first else now
    while moment < now:
        moment = min(moment + datetime.timedelta(days=30), now)
        seal(at=moment, until=moment)
    assert Checkpoint.objects.exists()
