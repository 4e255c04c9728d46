"""A call with a teacher is a class: who teaches it sees how its people come along, and nobody else's."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.calls import notices
from learning.calls.cohorts import teachers_for
from learning.calls.models import Call
from membership.models import User
from membership.policy import Action, require


@transaction.atomic
def appoint(*, call: Call, teacher: User | None, by: User, at: datetime.datetime) -> None:
    """Gives the class to a teacher, or takes it from everybody. The same again changes nothing.

    Raises PermissionDenied; ValidationError for a cancelled call, one to something else than a course, or somebody who
    is no trainer.
    """
    standing = Call.objects.select_for_update(of=("self",)).select_related("unit").get(pk=call.pk)
    require(by, Action.ORGANISE, standing.unit)
    if standing.teacher == teacher:
        return
    if not standing.can_be_taught:
        raise ValidationError(_("Only a call to a course that is not cancelled can have a teacher."))
    if teacher is not None and not teachers_for(standing.unit, at).filter(pk=teacher.pk).exists():
        raise ValidationError(_("Only a trainer of the province or of a unit in it can have a class."))
    standing.teacher = teacher
    standing.save(update_fields=["teacher"])
    data = {"teacher": teacher.pk if teacher else None}
    log(instance=standing, action="calls.appoint", user=by, title=str(standing.pk), data=data, timestamp=at)
    if teacher != by:
        notices.given_a_class(call=standing, at=at)
