"""Whether the details of a result may be seen yet. The score and whether it is passed always may."""

import datetime
from collections.abc import Iterable, Set
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.models import Attempt, QuizPage
from assessments.rules.quiz import LATE_WINDOW, QuizRules, Standing, is_over
from training_materials.outlines.outline import Outline


@dataclass(frozen=True)
class Withheld:
    """Why details are not shown yet, in words. ``until``: the attempt that its learner may hand in or end, if any."""

    why: str
    until: Attempt | None = None


def is_offered(quiz_id: int | None, course: Outline | None) -> bool:
    """Whether the quiz stands in its published course: if not, nobody can try again and its rules hold nothing back."""
    return course is not None and course.is_live and course.step(quiz_id) is not None


def holding_back(attempt: Attempt, asked: Set[int], taking: Iterable[tuple[Attempt, Set[int]]]) -> Attempt | None:
    """The attempt of the same person that the key of this one would help, as answers to it may still arrive.

    ``asked`` and the sets beside ``taking`` are questions by their ids. One at the same quiz always is; one at another
    quiz if it was asked some of the same, unless it is practice, which counts for nothing.
    """
    for other, questions in taking:
        is_shared = other.purpose != QuizPage.Purpose.PRACTICE and not questions.isdisjoint(asked)
        if other.quiz_key == attempt.quiz_key or is_shared:
            return other
    return None


def why_withheld(
    attempt: Attempt, rules: QuizRules, standing: Standing | None, at: datetime.datetime, holding: Attempt | None
) -> Withheld | None:
    """None if the details may be shown, or never are. ``holding`` as of ``holding_back``."""
    if attempt.feedback == QuizPage.Feedback.NONE:
        return None
    if holding is not None:
        return Withheld(_until_nothing_comes(attempt, holding, at), holding)
    if attempt.feedback_when == QuizPage.FeedbackWhen.CLOSED and rules.closes_at and not rules.has_closed(at):
        return Withheld(_("Answers are shown when the quiz has closed: %(when)s.") % {"when": moment(rules.closes_at)})
    if (
        attempt.feedback_when == QuizPage.FeedbackWhen.DONE
        and standing
        and not (standing.is_passed or standing.left == 0)
    ):
        return Withheld(_("Answers are shown once you have passed, or have no attempts left."))
    return None


def moment(at: datetime.datetime) -> str:
    return date_format(timezone.localtime(at), "H:i d/m/Y")


def _until_nothing_comes(attempt: Attempt, holding: Attempt, at: datetime.datetime) -> str:
    named = {"number": holding.number, "quiz": holding.quiz_title}
    if holding.due_at is not None:
        named["when"] = moment(holding.due_at + LATE_WINDOW)
    if holding.pk == attempt.pk:
        text = _(
            "Answers given in time on another device may still arrive until %(when)s. The answers are shown after that."
        )
    elif holding.finished_at is not None or is_over(holding.due_at, at):
        text = _(
            "Answers to your attempt %(number)s at “%(quiz)s”, given in time on another device, may still arrive until "
            "%(when)s. The answers are shown after that, or as soon as you say that nothing more comes."
        )
    elif holding.due_at is not None:
        text = _(
            "Your attempt %(number)s at “%(quiz)s” is still open and may ask the same. The answers are shown when you "
            "have handed it in, at the latest at %(when)s."
        )
    else:
        text = _(
            "Your attempt %(number)s at “%(quiz)s” is still open and may ask the same. The answers are shown when you "
            "have handed it in."
        )
    return text % named
