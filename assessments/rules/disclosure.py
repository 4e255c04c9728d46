"""Whether the details of a result may be seen yet. The score and whether it is passed always may."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.models import Attempt, QuizPage
from assessments.rules.quiz import LATE_WINDOW, QuizRules, Standing, takes_late
from training_materials.outlines.outline import Outline


def is_offered(quiz_id: int | None, course: Outline | None) -> bool:
    """Whether the quiz stands in its published course: if not, nobody can try again and its rules hold nothing back."""
    return course is not None and course.is_live and course.step(quiz_id) is not None


def why_withheld(attempt: Attempt, rules: QuizRules, standing: Standing | None, at: datetime.datetime) -> str:
    """Why the details are not shown yet, in words; empty if they may be."""
    is_closed_by_site = bool(attempt.finished_at) and not attempt.is_settled  # its learner has not said that all came
    if attempt.due_at is not None and is_closed_by_site and takes_late(attempt.due_at, at):
        until = timezone.localtime(attempt.due_at + LATE_WINDOW)
        return _(
            "Answers given in time on another device may still arrive until %(when)s. The answers are shown after that."
        ) % {"when": date_format(until, "H:i d/m/Y")}
    if attempt.feedback_when == QuizPage.FeedbackWhen.CLOSED and rules.closes_at and not rules.has_closed(at):
        when = date_format(timezone.localtime(rules.closes_at), "H:i d/m/Y")
        return _("Answers are shown when the quiz has closed: %(when)s.") % {"when": when}
    if (
        attempt.feedback_when == QuizPage.FeedbackWhen.DONE
        and standing
        and not (standing.is_passed or standing.left == 0)
    ):
        return _("Answers are shown once you have passed, or have no attempts left.")
    return ""
