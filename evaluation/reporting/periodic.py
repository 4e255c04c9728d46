"""What keeps the figures near what they count."""

import datetime

from django.utils.translation import gettext_lazy as _

from evaluation.reporting import notices
from work.recurring import recurs, told_by
from work.rhythms import daily, every


@recurs(every(minutes=5), _("Take up what has changed in the figures"))
def count_figures(at: datetime.datetime) -> str:
    return told_by("count_figures")


@recurs(daily(6, 40), _("Tell officers whose report is due"))
def tell_of_due_reports(at: datetime.datetime) -> str:
    return f"{notices.tell_of_due(at=at)} told"
