"""What recurs around pages."""

import datetime

from django.utils.translation import gettext_lazy as _

from work.recurring import recurs, told_by
from work.rhythms import every


@recurs(every(minutes=1), _("Publish and take down pages on the dates that their editors set"))
def publish_scheduled(at: datetime.datetime) -> str:
    return told_by("publish_scheduled")
