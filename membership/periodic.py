"""What each day changes for people."""

import datetime

from django.utils.translation import gettext_lazy as _

from membership import actions
from work.recurring import recurs
from work.rhythms import daily


@recurs(daily(0, 5), _("Match groups to the roles that stand; forget unproven sign-ups, and where old slips were used"))
def end_roles(at: datetime.datetime) -> str:
    changed, forgotten = actions.sync_all_groups(at=at), actions.forget_stale_sign_ups(at=at)
    actions.forget_devices(at=at)
    actions.forget_phone_codes(at=at)
    return f"{changed} accounts changed groups, {forgotten} unproven sign-ups forgotten"


@recurs(daily(1, 30), _("Look for people who are on record twice"))
def find_doubles(at: datetime.datetime) -> str:
    return f"{actions.find_doubles(at=at)} pairs wait to be looked at"
