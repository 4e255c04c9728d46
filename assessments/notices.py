"""What learners are told of results that were not there when they handed in."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Attempt, EarlierResult
from notices.actions import Told, tell
from notices.registries.kinds import Kind, declare

_OWN = _("You took the quiz.")

MARKED = declare(
    Kind(
        key="answer-marked",
        title=_("My written answer is marked"),
        words=_("Your answers to “%(quiz)s” are marked. Read your result and what was said of it."),
        why=_OWN,
    )
)
MARKED_ANEW = declare(
    Kind(
        key="result-changed",
        title=_("My result is marked anew"),
        words=_("Your result of “%(quiz)s” was marked anew. Read what it is now, and why."),
        why=_OWN,
    )
)


def marked(*, attempt: Attempt, at: datetime.datetime) -> None:
    tell(kind=MARKED, told=[_of_own(attempt, str(attempt.pk))], at=at)


def marked_anew(*, earlier: EarlierResult, at: datetime.datetime) -> None:
    attempt = earlier.attempt
    tell(kind=MARKED_ANEW, told=[_of_own(attempt, f"{attempt.pk}:{earlier.number}")], at=at)


def _of_own(attempt: Attempt, key: str) -> Told:
    address = reverse("assessments:result", args=[attempt.pk])
    said = {"quiz": attempt.quiz_title}
    return Told(person_id=attempt.enrolment.person_id, key=key, values=said, address=address)
