"""Learners with a session and an open attempt each, made before measuring starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from assessments.actions import start
from assessments.models import QuizPage, Response
from home.demo.answers import right
from home.demo.people import add_account
from learning.tracking.actions import enrol
from membership.actions import add_person
from membership.models import TargetGroup, Unit, User
from membership.sessions import SessionStore
from training_materials.models import CoursePage

COURSE = "tieu-chi-va-minh-chung"


@dataclass(frozen=True)
class Learner:
    """Who sends, and the right answers in the two forms in which a page sends them."""

    cookie: str
    attempt: str
    answers: list[dict[str, Any]]
    form: str
    quiz: int
    user: User


def quiz_of_the_course() -> QuizPage:
    course = CoursePage.objects.get(slug=COURSE)
    return QuizPage.objects.child_of(course).order_by("path")[0]


def make_learners(count: int, quiz: QuizPage | None = None, *, begun: bool = True) -> list[Learner]:
    """Each with an open attempt at the quiz (the course's own), or about to begin one."""
    chosen = quiz or quiz_of_the_course()
    return [_learner(number, chosen.course, chosen, begun=begun) for number in range(count)]


def _learner(number: int, course: CoursePage, quiz: QuizPage, *, begun: bool) -> Learner:
    at = timezone.now()
    person = add_person(
        full_name=f"Người Đo Thứ {number}",
        birth_year=1970,
        group=TargetGroup.RESIDENTS,
        unit=Unit.objects.filter(code__endswith="-CH1").order_by("pk")[0],
        by=User.objects.get(username="quantri"),
        at=at,
    )
    user = add_account(username=f"do-{person.pk}", person=person, at=at)
    enrolment = enrol(person=person, course=course, by=user, at=at)
    if not begun:
        return Learner(session_of(user), "", [], "", quiz.pk, user)
    attempt = start(enrolment=enrolment, quiz=quiz, by=user, at=at)
    responses = list(attempt.responses.select_related("version"))
    given = list(_answers(responses))
    return Learner(session_of(user), str(attempt.pk), given, _form(responses), quiz.pk, user)


def session_of(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    [session[BACKEND_SESSION_KEY]] = settings.AUTHENTICATION_BACKENDS
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"sessionid={session.session_key}"


def _answers(responses: list[Response]) -> Iterator[dict[str, Any]]:
    for response in responses:
        answer = right(response.version.parsed, response.order)
        yield {"position": response.position, "answer": answer, "sequence": 1}


def _form(responses: list[Response]) -> str:
    """As the browser sends the page's form with the button that hands in."""
    fields: list[tuple[str, str]] = [("finish", "confirmed")]
    for response in responses:
        name, answer = f"q-{response.position}", right(response.version.parsed, response.order)
        fields.append((f"seen-{response.position}", "0"))
        if response.version.kind in ("matching", "ordering", "blanks"):
            fields += [(f"{name}-{row}", str(part)) for row, part in enumerate(answer)]
        elif isinstance(answer, list):
            fields += [(name, str(place)) for place in answer]
        else:
            fields.append((name, str(answer).lower() if isinstance(answer, bool) else str(answer)))
    return urlencode(fields)
