"""What stands in the database before measuring: attempts of others, a bank of questions, courses of some length."""

import datetime
import itertools
from decimal import Decimal

from django.utils import timezone

from assessments.actions import Given, finish
from assessments.models import Attempt, Question, QuestionVersion, QuizDraw, QuizPage, Response
from learning.tracking.models import Enrolment, StepProgress
from tests.bench import learners
from training_materials.models import CoursePage, LessonPage, Topic

LONG = "hai-muoi-cau"
ASKED = 20


def long_quiz(course: CoursePage) -> QuizPage:
    """Twenty questions of any topic."""
    return _add(course, QuizPage(title="Hai mươi câu", slug=LONG, pass_mark=80), [QuizDraw(count=ASKED)])


def have_attempts(quiz: QuizPage, count: int) -> None:
    """So many finished attempts at the quiz, of all who are enrolled, each with questions that were really asked."""
    model = _an_attempt(quiz)
    asked = list(model.responses.all())
    standing = Attempt.objects.filter(quiz=quiz).count()
    enrolments = list(Enrolment.objects.filter(course=quiz.get_parent().pk).order_by("pk"))
    at = timezone.now() - datetime.timedelta(days=30)
    endless = ((number, enrolment) for number in itertools.count(1000 + standing) for enrolment in enrolments)
    made = Attempt.objects.bulk_create(
        [
            Attempt(
                enrolment=enrolment, quiz=quiz, quiz_key=quiz.translation_key, quiz_title=quiz.title, number=number,
                pass_mark=80, feedback="full", started_at=at, finished_at=at, is_settled=True, is_watched=True,
                points=Decimal(0), max_points=len(asked), is_passed=False,
            )
            for number, enrolment in itertools.islice(endless, count - standing)
        ],
        batch_size=1000,
    )  # fmt: skip
    responses = (
        Response(
            attempt=attempt, position=one.position, version_id=one.version_id, order=one.order, answer=one.answer,
            sequence=1, answered_at=at, is_closed=True, points=Decimal(0),
        )
        for attempt in made
        for one in asked
    )  # fmt: skip
    while batch := list(itertools.islice(responses, 5000)):
        Response.objects.bulk_create(batch)


def leave_out_written() -> None:
    """No more attempts that wait for a trainer: handing those in decides nothing and costs less."""
    Question.objects.filter(current__kind="written").update(retired_at=timezone.now())


def add_questions(count: int) -> None:
    """True or false, of a topic that stands already, in use: every quiz that names no topic may draw them."""
    topic, at = Topic.objects.order_by("pk")[0], timezone.now()
    questions = Question.objects.bulk_create(Question(slug=f"do-{number}", topic=topic) for number in range(count))
    versions = QuestionVersion.objects.bulk_create(
        QuestionVersion(
            question=question, number=1, kind="true_false", prompt=f"Câu thêm {question.slug} có đúng không?",
            body={"answer": True}, created_at=at,
        )
        for question in questions
    )  # fmt: skip
    for question, version in zip(questions, versions, strict=True):
        question.current = version
    Question.objects.bulk_update(questions, ["current"], batch_size=1000)


def course_of(lessons: int) -> QuizPage:
    """A course of so many lessons and, at its end, twenty questions."""
    index = CoursePage.objects.get(slug=learners.COURSE).get_parent()
    course = _add(index, CoursePage(title=f"{lessons} bài", slug=f"{lessons}-bai", summary="Để đo"))
    for number in range(lessons):
        _add(course, LessonPage(title=f"Bài {number}", minutes=5, body=[("text", "<p>Nội dung</p>")]))
    return long_quiz(course)


def finish_lessons(quiz: QuizPage) -> None:
    """Everyone who is enrolled has the quiz alone before them."""
    course, at = quiz.get_parent(), timezone.now()
    StepProgress.objects.bulk_create(
        [
            StepProgress(
                enrolment=enrolment, step_id=lesson.pk, step_key=lesson.translation_key, step_title=lesson.title,
                started_at=at, visited_at=at, completed_at=at, revision=lesson.live_revision_id,
            )
            for lesson in LessonPage.objects.child_of(course)
            for enrolment in Enrolment.objects.filter(course=course.pk)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _an_attempt(quiz: QuizPage) -> Attempt:
    found = Attempt.objects.filter(quiz=quiz, finished_at__isnull=False).first()
    if found is not None:
        return found
    learner = learners.make_learners(1, quiz)[0]
    given = [Given(one["position"], one["answer"], 1) for one in learner.answers]
    return finish(attempt=Attempt.objects.get(pk=learner.attempt), by=learner.user, at=timezone.now(), given=given)


def _add(parent, page, draws=()):  # type: ignore[no-untyped-def]
    if draws:
        page.draws = draws
    parent.refresh_from_db()
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
