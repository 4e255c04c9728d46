"""What recurs around attempts and the question bank."""

import datetime
import logging

from django.utils.translation import gettext_lazy as _

from assessments import actions
from assessments.models import Attempt
from work.recurring import recurs
from work.rhythms import daily, every

_logger = logging.getLogger(__name__)


@recurs(every(minutes=1), _("Look at attempts that were handed in"))
def watch_attempts(at: datetime.datetime) -> str:
    """One that cannot be looked at keeps nobody else's from it; the fault is seen in the report of recurring work."""
    attempts, faults = list(Attempt.objects.to_watch()), []
    for attempt_id in attempts:
        try:
            actions.watch(attempt=attempt_id, at=at)
        except Exception as fault:
            _logger.exception("attempt %s could not be looked at", attempt_id)
            faults.append(fault)
    if faults:
        raise faults[0]
    return f"{len(attempts)} attempts looked at"


@recurs(every(minutes=60), _("Empty marks of device and address that are a day old"))
def forget_traces(at: datetime.datetime) -> str:
    return f"{actions.forget_traces(at=at)} attempts emptied"


@recurs(daily(3, 40), _("Delete pictures and sounds that no question names"))
def sweep_question_files(at: datetime.datetime) -> str:
    return f"{actions.sweep_figures(at=at)} files deleted"
