"""Giving one person more time at every quiz."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from assessments.models import ExtraTime
from learning.tracking.models import Enrolment
from membership.models import Person, User


@transaction.atomic
def grant_time(*, person: Person, percent: int, by: User, at: datetime.datetime) -> None:
    """From the next attempt on; 0 takes it away. Idempotent. Raises PermissionDenied for whom the user teaches not."""
    if not Enrolment.objects.taught_by(by).filter(person=person).exists():
        raise PermissionDenied("assessments.grant_time refused")
    if percent == 0:
        ExtraTime.objects.filter(person=person).delete()
    else:
        values = {"percent": percent, "granted_at": at, "granted_by": by}
        ExtraTime.objects.update_or_create(person=person, defaults=values)
    log(instance=person, action="assessments.grant_time", user=by, title=str(person.pk), data={"percent": percent})
