"""Opening the question bank to trainers."""

import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.log_actions import log

from assessments.administration.permissions import question_permissions
from membership.models import User
from membership.policy import MODERATORS, TRAINERS, Action, require


@transaction.atomic
def set_up_bank(*, by: User | None, at: datetime.datetime) -> None:
    """Gives the groups of trainers and moderators the bank in Wagtail's admin. Idempotent.

    Setting up is the system's work (``by`` None) or that of who manages questions; raises PermissionDenied otherwise.
    """
    if by is not None:
        require(by, Action.MANAGE_QUESTIONS)
    permissions = set(question_permissions())
    for name in (TRAINERS, MODERATORS):
        group, _is_new = Group.objects.get_or_create(name=name)
        if permissions - set(group.permissions.all()):
            group.permissions.add(*permissions)
            log(instance=group, action="assessments.set_up_bank", user=by, timestamp=at)
