"""A small course with a quiz that draws six questions, one of each kind; An is enrolled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from assessments import actions
from assessments.models import Attempt, Question, QuizDraw, QuizPage
from learning.tracking.actions import enrol
from learning.tracking.models import Enrolment
from membership.actions import sync_groups
from membership.models import User
from tests.factories.pages import add_course, add_lesson, page_tree, publish
from tests.factories.people import Standing
from tests.laid import laid_once
from training_materials.actions import set_up_publishing
from training_materials.models import CourseIndexPage, CoursePage, LibraryPage, Topic

PLAIN: dict[str, dict[str, Any]] = {
    "single_choice": {"options": [{"text": "Đúng nhất", "is_correct": True}, {"text": "Sai", "is_correct": False}]},
    "multiple_choice": {
        "options": [
            {"text": "Nên một", "is_correct": True},
            {"text": "Nên hai", "is_correct": True},
            {"text": "Không nên", "is_correct": False},
        ]
    },
    "true_false": {"answer": True},
    "short_text": {"accepted": ["Bí mật của đáp án"]},
    "matching": {"pairs": [{"left": "Trái một", "right": "Phải một"}, {"left": "Trái hai", "right": "Phải hai"}]},
    "ordering": {"items": ["Bước một", "Bước hai", "Bước ba"]},
}
# Kinds that the classroom's quiz does not draw.
OTHERS: dict[str, dict[str, Any]] = {
    "numeric": {"number": "12.5", "tolerance": "0.5", "units": ["kg", "ki-lô-gam"], "is_unit_asked": False},
    "blanks": {
        "text": "Thủ đô là [1], thành lập nước năm [2].",
        "gaps": [{"right": ["Hà Nội bí mật"], "wrong": []}, {"right": ["1945"], "wrong": ["1954", "1975"]}],
    },
    "written": {"criteria": [{"text": "Đủ ý", "points": 3}, {"text": "Có ví dụ", "points": 1}], "guide": "Ba ý bí mật"},
}
EVERY_KIND = PLAIN | OTHERS
FEEDBACK = "Lời giải thích chỉ hiện sau khi nộp"


@dataclass
class Classroom:
    standing: Standing
    topic: Topic
    course: CoursePage
    quiz: QuizPage
    enrolment: Enrolment

    @property
    def an(self) -> User:
        return self.standing.an

    def begin(self, **values: Any) -> Attempt:
        settled = {"enrolment": self.enrolment, "quiz": self.quiz, "by": self.an, "at": timezone.now(), **values}
        return actions.start(rng=Random(1), **settled)


def save(kind: str, topic: Topic, by: User, slug: str | None = None, **values: Any) -> Question:
    settled = {
        "slug": slug or kind.replace("_", "-"),
        "topic": topic,
        "kind": kind,
        "prompt": f"Câu hỏi {kind}?",
        "body": EVERY_KIND[kind],
        "feedback": FEEDBACK,
        "difficulty": "easy",
        "by": by,
        "at": timezone.now(),
        **values,
    }
    return actions.save_question(**settled)


def add_quiz(course: CoursePage, title: str, draws: list[tuple[Topic, int]], **values: Any) -> QuizPage:
    quiz = QuizPage(title=title, **{"pass_mark": 80, **values})
    quiz.draws = [QuizDraw(topic=topic, count=count, sort_order=place) for place, (topic, count) in enumerate(draws)]
    return publish(course, quiz)


@pytest.fixture
@laid_once
def topic(db: None) -> Topic:
    return Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so")


@pytest.fixture
@laid_once
def classroom(standing: Standing, topic: Topic) -> Classroom:
    for kind in PLAIN:
        save(kind, topic, standing.binh)
    course = add_course(page_tree().course_index, "Kỹ năng số cơ bản")
    add_lesson(course, "Bài một", is_required=False)
    quiz = add_quiz(course, "Bài kiểm tra", [(topic, 6)])
    enrolment = enrol(person=standing.an.person, course=course, by=standing.an, at=timezone.now())
    return Classroom(standing, topic, course, quiz, enrolment)


@pytest.fixture
def binh(client: Client, classroom: Classroom) -> Client:
    """The trainer, signed in with a second factor, in groups that may use the admin."""
    _let_publish(classroom)
    client.force_login(classroom.standing.binh)
    return client


@laid_once
def _let_publish(classroom: Classroom) -> None:
    at = timezone.now()
    set_up_publishing(library=LibraryPage.objects.get(), course_index=CourseIndexPage.objects.get(), at=at)
    sync_groups(user=classroom.standing.binh, at=at)


def quiz_form(*, picks: Iterable[int] = (), draws: Iterable[dict[str, str]] = (), **changes: str) -> dict[str, Any]:
    """What the editor of a quiz sends."""
    sent = {
        "title": "Bài mới", "slug": "bai-moi", "summary": "", "minutes": "5", "is_required": "on", "introduction": "",
        "picks": inline_formset([{"question": str(pick)} for pick in picks]), "draws": inline_formset(list(draws)),
        "pass_mark": "80", "attempts_allowed": "0", "time_limit_minutes": "0", "feedback": "full",
        "purpose": "graded", "wait_minutes": "0", "opens_at": "", "closes_at": "", "shuffles_options": "on",
        "feedback_when": "at_once", "openings": inline_formset([]), "comments": inline_formset([]), **changes,
    }  # fmt: skip
    return nested_form_data(sent)


def right_answer(response: Any) -> Any:
    """The wholly right answer to a response, in its shown order."""
    body, order = response.version.parsed, response.order
    kind = response.version.kind
    if kind == "single_choice":
        return order.index(0)
    if kind == "multiple_choice":
        return sorted([order.index(0), order.index(1)])
    if kind == "true_false":
        return True
    if kind == "short_text":
        return body.accepted[0]
    if kind == "ordering":
        return list(order)
    return [order["rights"].index(left) for left in order["lefts"]]


def all_right(attempt: Attempt, sequence: int = 1) -> list[actions.Given]:
    responses = attempt.responses.for_page()
    return [actions.Given(response.position, right_answer(response), sequence) for response in responses]
