"""What recurs around calls."""

import datetime

from django.utils.translation import gettext_lazy as _

from learning.calls import notices
from work.recurring import recurs
from work.rhythms import daily


@recurs(daily(6, 40), _("Tell people that the last day of a call to learn comes near"))
def tell_of_last_days(at: datetime.datetime) -> str:
    return f"{notices.tell_of_last_days(at=at)} told"
