"""Editors' picks."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from interface.vietnamese import nfc
from membership.models import User
from membership.policy import Action, require
from search.language import tokens
from search.models import Pick


@transaction.atomic
def save_pick(*, pick: Pick, by: User, at: datetime.datetime) -> Pick:
    """Keeps a new or changed pick. Raises PermissionDenied, ValidationError."""
    require(by, Action.PUBLISH_MATERIALS)
    pick.queries = "\n".join(dict.fromkeys(nfc(line) for line in pick.lines()))
    pick.reason = nfc(pick.reason)
    if not all(tokens(line) for line in pick.lines()) or not pick.lines():
        raise ValidationError(_("Write at least one word on each line."))
    pick.full_clean()
    pick.save()
    log(instance=pick, action="search.save_pick", user=by, timestamp=at)
    return pick
