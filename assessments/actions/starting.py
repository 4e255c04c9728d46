"""Starting an attempt: drawing its questions, freezing them with the rules of that moment; and more time for some."""

import datetime
from collections.abc import Sequence
from random import Random, SystemRandom

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from assessments.actions.finishing import finish
from assessments.models import Attempt, ExtraTime, Question, QuestionVersion, QuizPage, Response
from assessments.refusals import StartRefusedError
from assessments.rules.disclosure import moment
from assessments.rules.draws import drawn
from assessments.rules.quiz import Standing, is_over, standing_of
from assessments.rules.traces import NO_TRACE, Trace
from learning.tracking.models import Enrolment
from membership.models import Person, User

_SEED_BITS = 62


@transaction.atomic
def start(
    *,
    enrolment: Enrolment,
    quiz: QuizPage,
    by: User,
    at: datetime.datetime,
    rng: Random | None = None,
    trace: Trace = NO_TRACE,
) -> Attempt:
    """A new attempt, or the open one if there is one whose time is not over. ``rng`` gives the seed that is stored.

    Raises PermissionDenied for another's enrolment, StartRefusedError if the rules or the bank forbid it.
    """
    if by.person_id != enrolment.person_id:
        raise PermissionDenied("assessments.start refused")
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)  # two presses of the button wait for each other
    earlier = list(enrolment.attempts.at_quiz(quiz.translation_key))
    if earlier and earlier[-1].finished_at is None:
        if not is_over(earlier[-1].due_at, at):
            return earlier[-1]
        earlier[-1] = finish(attempt=earlier[-1], by=by, at=at)
    _demand_allowed(enrolment, quiz, standing_of(earlier, quiz.rules, at))
    seed = (rng or SystemRandom()).getrandbits(_SEED_BITS)
    return _ask_anew(enrolment, quiz, at, number=len(earlier) + 1, seed=seed, trace=trace)


@transaction.atomic
def grant_time(*, person: Person, percent: int, by: User, at: datetime.datetime) -> None:
    """From the next attempt on; 0 takes it away. Idempotent. Raises PermissionDenied for whom the user teaches not."""
    if not Enrolment.objects.taught_by(by).filter(person=person).exists():
        raise PermissionDenied("assessments.grant_time refused")
    if percent == 0:
        ExtraTime.objects.filter(person=person).delete()
    else:
        values = {"percent": percent, "granted_at": at, "granted_by": by}
        ExtraTime.objects.update_or_create(person=person, defaults=values)
    log(instance=person, action="assessments.grant_time", user=by, title=str(person.pk), data={"percent": percent})


def _ask_anew(
    enrolment: Enrolment, quiz: QuizPage, at: datetime.datetime, *, number: int, seed: int, trace: Trace
) -> Attempt:
    chance = Random(seed)  # noqa: S311  # fair is enough: what it chooses is stored
    versions = _draw(quiz, chance)
    extra = ExtraTime.objects.percent_for(enrolment.person_id) if quiz.time_limit_minutes else 0
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        quiz=quiz,
        quiz_key=quiz.translation_key,
        quiz_title=quiz.title,
        quiz_revision=quiz.live_revision_id,
        number=number,
        purpose=quiz.purpose,
        seed=seed,
        pass_mark=quiz.pass_mark,
        feedback=quiz.feedback,
        feedback_when=quiz.feedback_when,
        started_at=at,
        due_at=quiz.rules.due_at(at, extra),
        max_points=len(versions),
        device_mark=trace.device,
        address_mark=trace.address,
    )
    _ask(attempt, versions, chance, quiz)
    return attempt


def _demand_allowed(enrolment: Enrolment, quiz: QuizPage, standing: Standing) -> None:
    if not quiz.live or enrolment.course_id is None or quiz.get_parent().pk != enrolment.course_id:
        raise StartRefusedError(_("This quiz is not open at the moment."))
    if standing.opens_at:
        raise StartRefusedError(_("This quiz opens at %(when)s.") % {"when": moment(standing.opens_at)})
    if standing.has_closed:
        raise StartRefusedError(_("This quiz has closed."))
    if standing.left == 0:
        raise StartRefusedError(_("You have used all your attempts at this quiz."))
    if standing.waits_until:
        raise StartRefusedError(_("You can try again from %(when)s.") % {"when": moment(standing.waits_until)})


def _draw(quiz: QuizPage, rng: Random) -> list[QuestionVersion]:
    """The versions to ask, first those that were picked, then draw by draw, each at most once; shuffled where the quiz
    says so.
    """
    asking = quiz.asking
    picked = dict(Question.objects.in_use().filter(pk__in=asking.picks).values_list("pk", "current_id"))
    try:
        chosen = [picked[question] for question in asking.picks]
        chosen += drawn(asking.draws, Question.objects.drawable(without=picked), rng)
    except (KeyError, ValueError):
        chosen = []
    if not chosen:
        raise StartRefusedError(_("This quiz is being changed and has too few questions. Please come back later."))
    if quiz.shuffles_questions:
        rng.shuffle(chosen)
    versions = QuestionVersion.objects.in_bulk(chosen)
    return [versions[version_id] for version_id in chosen]


def _ask(attempt: Attempt, versions: Sequence[QuestionVersion], rng: Random, quiz: QuizPage) -> None:
    Response.objects.bulk_create(
        Response(attempt=attempt, position=position, version=version, order=_order(version, rng, quiz))
        for position, version in enumerate(versions, start=1)
    )


def _order(version: QuestionVersion, rng: Random, quiz: QuizPage) -> object:
    order = version.parsed.shuffle(rng)
    keeps = not quiz.shuffles_options and version.parsed.can_keep_order
    return sorted(order) if keeps else order
