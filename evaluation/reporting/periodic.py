"""What keeps the figures near what they count."""

import datetime

from django.utils.translation import gettext_lazy as _

from work.recurring import recurs, told_by
from work.rhythms import every


@recurs(every(minutes=5), _("Take up what has changed in the figures"))
def count_figures(at: datetime.datetime) -> str:
    return told_by("count_figures")
