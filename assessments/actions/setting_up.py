"""Opening the question bank to trainers."""

import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from assessments.permissions import question_permissions
from membership.groups import MODERATORS, TRAINERS
from membership.models import User
from membership.policy import Action, require


@transaction.atomic
def set_up_bank(*, by: User | None = None, at: datetime.datetime | None = None) -> None:
    """Gives the groups of trainers and moderators the bank in Wagtail's admin. Idempotent.

    Setting up is the system's work (``by`` None) or that of who manages questions; raises PermissionDenied otherwise.
    """
    if by is not None:
        require(by, Action.MANAGE_QUESTIONS)
    permissions = list(question_permissions())
    for name in (TRAINERS, MODERATORS):
        Group.objects.get_or_create(name=name)[0].permissions.add(*permissions)
