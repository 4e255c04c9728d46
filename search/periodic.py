"""What recurs in the search."""

import datetime

from django.utils.translation import gettext_lazy as _

from search import actions
from search.tasks import carry_out
from work.recurring import recurs, told_by
from work.rhythms import SUNDAY, daily, every, weekly


@recurs(every(minutes=1), _("Carry out what waits to be found: what was put off, and what no worker heard of"))
def follow_changes(at: datetime.datetime) -> str:
    return f"{carry_out.call()} changes carried out"


@recurs(daily(2), _("Count anew what is popular, read practice that has opened, forget old searches in vain"))
def search_daily(at: datetime.datetime) -> str:
    noted, gone = actions.note_the_day(at=at), actions.forget_missed(at=at)
    return f"{noted} places of the page tree are read anew, {gone} rows forgotten"


@recurs(weekly(SUNDAY, 2), _("Build the search's index anew"))
def search_rebuild(at: datetime.datetime) -> str:
    return told_by("search_rebuild")
