"""What recurs around dossiers."""

import datetime

from django.utils.translation import gettext_lazy as _

from work.recurring import recurs, told_by
from work.rhythms import SUNDAY, weekly


@recurs(weekly(SUNDAY, 4), _("Score decided dossiers again from what was frozen"))
def replay_dossiers(at: datetime.datetime) -> str:
    return told_by("replay_dossiers")
