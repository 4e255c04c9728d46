"""What recurs around notices."""

import datetime

from django.utils.translation import gettext_lazy as _

from notices import actions
from notices.notices import tell_of_opened_files
from work.recurring import recurs
from work.rhythms import daily, every


@recurs(every(minutes=1), _("Send urgent notices by e-mail"))
def send_urgent_notices(at: datetime.datetime) -> str:
    return f"{actions.send_urgent(at=at)} letters"


@recurs(every(minutes=10), _("Send the weekly letters, outside everybody's quiet hours"))
def send_weekly_letters(at: datetime.datetime) -> str:
    return f"{actions.send_digests(at=at)} letters"


@recurs(daily(2, 40), _("Forget old notices"))
def forget_old_notices(at: datetime.datetime) -> str:
    return f"{actions.forget_notices(at=at)} notices forgotten"


@recurs(daily(2, 45), _("Forget devices on which notices are off"))
def forget_old_devices(at: datetime.datetime) -> str:
    return f"{actions.forget_devices(at=at)} devices forgotten"


@recurs(daily(6, 20), _("Tell who wishes it, each month, whether their file was opened"))
def tell_who_opened_files(at: datetime.datetime) -> str:
    return f"{tell_of_opened_files(at=at)} told"
