"""What recurs around files that come in."""

import datetime

from django.utils.translation import gettext_lazy as _

from intake import actions, tasks
from work.recurring import recurs
from work.rhythms import daily, every


@recurs(every(minutes=10), _("Go on with imports whose worker is gone"))
def wake_imports(at: datetime.datetime) -> str:
    return f"{tasks.wake_imports()} imports woken"


@recurs(daily(3, 50), _("Forget imports that nobody comes back to"))
def forget_imports(at: datetime.datetime) -> str:
    return f"{actions.forget_left_behind(at=at)} imports forgotten"
