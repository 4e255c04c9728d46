"""What recurs around suggested scores."""

import datetime

from django.utils.translation import gettext_lazy as _

from work.recurring import recurs, told_by
from work.rhythms import SUNDAY, weekly


@recurs(weekly(SUNDAY, 1), _("Suggest scores for everybody"))
def score_province(at: datetime.datetime) -> str:
    return told_by("score_province")
