"""What every installation does again and again for its own sake."""

import datetime

from django.utils.translation import gettext_lazy as _

from work import actions, clock
from work.recurring import recurs, told_by
from work.rhythms import daily, every


@recurs(every(minutes=1), _("Take up tasks again that fell with their worker or with the database"))
def take_up_fallen_tasks(at: datetime.datetime) -> str:
    return f"{actions.take_up_again(is_left_by=clock.has_died, at=at)} tasks wait again"


@recurs(every(minutes=1), _("Send e-mails that wait for the mail server"))
def deliver_letters(at: datetime.datetime) -> str:
    return actions.deliver_letters(at=at)


@recurs(daily(3, 10), _("Forget sessions that are over"))
def clear_sessions(at: datetime.datetime) -> str:
    return told_by("clearsessions")


@recurs(daily(3, 20), _("Forget tasks that are long done"))
def forget_task_results(at: datetime.datetime) -> str:
    return f"{actions.forget_results(at=at)} results forgotten"
