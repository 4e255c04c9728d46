"""Nothing stays unanswered unseen."""

import datetime

from django.utils.translation import gettext_lazy as _

from movement import notices
from work.recurring import recurs
from work.rhythms import daily


@recurs(daily(6, 50), _("Remind offices of proposals that wait long"))
def remind_of_proposals(at: datetime.datetime) -> str:
    return f"{notices.remind(at=at)} told"
