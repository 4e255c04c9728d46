"""What recurs around sessions."""

import datetime

from django.utils.translation import gettext_lazy as _

from learning.sessions import actions
from work.recurring import recurs
from work.rhythms import daily


@recurs(daily(3, 40), _("Delete files of sessions that no material names, and printed invitations after a week"))
def sweep_session_files(at: datetime.datetime) -> str:
    return f"{actions.sweep_materials(at=at) + actions.drop_invitation_files(at=at)} files deleted"
