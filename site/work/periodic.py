"""What every installation does again and again for its own sake."""

import datetime

from django.utils.translation import gettext_lazy as _

from work import actions
from work.recurring import recurs, told_by
from work.rhythms import daily


@recurs(daily(3, 10), _("Forget sessions that are over"))
def clear_sessions(at: datetime.datetime) -> str:
    return told_by("clearsessions")


@recurs(daily(3, 20), _("Forget tasks that are long done"))
def forget_task_results(at: datetime.datetime) -> str:
    return f"{actions.forget_results(at=at)} results forgotten"
