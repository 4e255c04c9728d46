"""What stands in the database before measuring: thousands of attempts of others, and a quiz of twenty questions."""

import datetime
import itertools
from decimal import Decimal

from django.utils import timezone

from assessments.models import Attempt, QuizDraw, QuizPage, Response
from learning.tracking.models import Enrolment
from training_materials.models import CoursePage

ATTEMPTS = 5_000
LONG = "hai-muoi-cau"


def add_attempts(quiz: QuizPage, count: int = ATTEMPTS) -> None:
    """Finished attempts of the demo's members at the quiz, each with the questions of one that was really taken."""
    model = Attempt.objects.filter(quiz=quiz, finished_at__isnull=False).order_by("started_at")[0]
    asked = list(model.responses.all())
    enrolments = list(Enrolment.objects.filter(course=quiz.get_parent().pk).order_by("pk"))
    at = timezone.now() - datetime.timedelta(days=30)
    endless = ((number, enrolment) for number in itertools.count(1000) for enrolment in enrolments)
    places = itertools.islice(endless, count)
    made = Attempt.objects.bulk_create(
        [
            Attempt(
                enrolment=enrolment, quiz=quiz, quiz_key=quiz.translation_key, quiz_title=quiz.title, number=number,
                pass_mark=80, feedback="full", started_at=at, finished_at=at, is_settled=True, is_watched=True,
                points=Decimal(0), max_points=len(asked), is_passed=False,
            )
            for number, enrolment in places
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


def long_quiz(course: CoursePage) -> QuizPage:
    """Twenty questions of any topic, made once."""
    found = QuizPage.objects.child_of(course).filter(slug=LONG).first()
    if found is not None:
        return found
    quiz = QuizPage(title="Hai mươi câu", slug=LONG, pass_mark=80, is_required=False)
    quiz.draws = [QuizDraw(count=20)]
    course.refresh_from_db()
    course.add_child(instance=quiz)
    quiz.save_revision().publish()
    return quiz
