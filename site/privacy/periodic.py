"""What each day, and each running hour, asks of officers about personal data."""

import datetime

from django.utils.translation import gettext_lazy as _

from privacy.actions import clear_confirmed, remind, remind_of_breaches
from work.recurring import recurs
from work.rhythms import daily, every


@recurs(daily(2, 50), _("Clear what has been kept long enough, where an administrator has confirmed it"))
def clear_what_is_due(at: datetime.datetime) -> str:
    return f"{clear_confirmed(at=at)} rows cleared"


@recurs(daily(7), _("Remind officers of requests about personal data that are due"))
def remind_of_requests(at: datetime.datetime) -> str:
    return f"{remind(at=at)} reminders"


@recurs(every(minutes=12 * 60), _("Remind officers of breaches of which the authority is not told"))
def remind_of_untold_breaches(at: datetime.datetime) -> str:
    return f"{remind_of_breaches(at=at)} reminders"
