"""What each day asks of officers about personal data."""

import datetime

from django.utils.translation import gettext_lazy as _

from privacy.actions import remind
from work.recurring import recurs
from work.rhythms import daily


@recurs(daily(7), _("Remind officers of requests about personal data that are due"))
def remind_of_requests(at: datetime.datetime) -> str:
    return f"{remind(at=at)} reminders"
