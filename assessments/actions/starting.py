"""Starting an attempt: drawing its questions, and freezing them with the rules that hold at that moment."""

import datetime
from collections import Counter
from random import Random, SystemRandom

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.finishing import finish
from assessments.models import Attempt, Question, QuestionVersion, QuizPage, Response
from assessments.refusals import StartRefusedError
from assessments.rules import is_over
from learning.tracking.models import Enrolment
from membership.models import User


@transaction.atomic
def start(
    *, enrolment: Enrolment, quiz: QuizPage, by: User, at: datetime.datetime, rng: Random | None = None
) -> Attempt:
    """A new attempt, or the open one if there is one whose time is not over.

    Raises PermissionDenied for another's enrolment, StartRefusedError if the rules or the bank forbid it.
    """
    if by.person_id != enrolment.person_id:
        raise PermissionDenied("assessments.start refused")
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)  # two presses of the button wait for each other
    earlier = list(enrolment.attempts.at_quiz(quiz.translation_key))
    if earlier and earlier[-1].finished_at is None:
        if not is_over(earlier[-1].due_at, at):
            return earlier[-1]
        finish(attempt=earlier[-1], by=by, at=at)
    _demand_allowed(enrolment, quiz, len(earlier))
    rng = rng or SystemRandom()
    versions = _draw(quiz, rng)
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        quiz=quiz,
        quiz_key=quiz.translation_key,
        quiz_title=quiz.title,
        quiz_revision=quiz.live_revision_id,
        number=len(earlier) + 1,
        pass_mark=quiz.pass_mark,
        feedback=quiz.feedback,
        started_at=at,
        due_at=at + datetime.timedelta(minutes=quiz.time_limit_minutes) if quiz.time_limit_minutes else None,
        max_points=len(versions),
    )
    _ask(attempt, versions, rng)
    return attempt


def _demand_allowed(enrolment: Enrolment, quiz: QuizPage, used: int) -> None:
    if not quiz.live or enrolment.course_id is None or quiz.get_parent().pk != enrolment.course_id:
        raise StartRefusedError(_("This quiz is not open at the moment."))
    if quiz.attempts_allowed and used >= quiz.attempts_allowed:
        raise StartRefusedError(_("You have used all your attempts at this quiz."))


def _draw(quiz: QuizPage, rng: Random) -> list[QuestionVersion]:
    """The versions to ask, topic by topic in the order of the draws, each at most once."""
    wanted: Counter[int] = Counter()
    for topic_id, count in quiz.draws.order_by("sort_order", "pk").values_list("topic_id", "count"):
        wanted[topic_id] += count
    pools = Question.objects.drawable(wanted.keys())
    if not wanted or any(len(pools[topic_id]) < count for topic_id, count in wanted.items()):
        raise StartRefusedError(_("This quiz is being changed and has too few questions. Please come back later."))
    drawn = [version_id for topic_id, count in wanted.items() for version_id in rng.sample(pools[topic_id], count)]
    versions = QuestionVersion.objects.in_bulk(drawn)
    return [versions[version_id] for version_id in drawn]


def _ask(attempt: Attempt, versions: list[QuestionVersion], rng: Random) -> None:
    Response.objects.bulk_create(
        Response(attempt=attempt, position=position, version=version, order=version.parsed.shuffle(rng))
        for position, version in enumerate(versions, start=1)
    )
