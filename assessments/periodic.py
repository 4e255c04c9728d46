"""What recurs around attempts and the question bank."""

import datetime

from django.utils.translation import gettext_lazy as _

from assessments import actions
from assessments.models import Attempt
from work.recurring import recurs
from work.rhythms import daily, every


@recurs(every(minutes=1), _("Look at attempts that were handed in"))
def watch_attempts(at: datetime.datetime) -> str:
    attempts = list(Attempt.objects.to_watch())
    for attempt_id in attempts:
        actions.watch(attempt=attempt_id, at=at)
    return f"{len(attempts)} attempts looked at"


@recurs(every(minutes=60), _("Empty marks of device and address that are a day old"))
def forget_traces(at: datetime.datetime) -> str:
    return f"{actions.forget_traces(at=at)} attempts emptied"


@recurs(daily(3, 40), _("Delete pictures and sounds that no question names"))
def sweep_question_files(at: datetime.datetime) -> str:
    return f"{actions.sweep_figures(at=at)} files deleted"
