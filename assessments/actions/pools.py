"""Pools of a course: questions that it keeps to itself."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from assessments.models import Pool
from interface.vietnamese import nfc
from membership.models import User
from membership.policy import Action, require
from training_materials.models import CoursePage


@transaction.atomic
def save_pool(*, course: CoursePage, name: str, pool: Pool | None = None, by: User, at: datetime.datetime) -> Pool:
    """A new pool, or another name for one. Idempotent. Raises PermissionDenied, ValidationError."""
    require(by, Action.MANAGE_QUESTIONS)
    text = nfc(name)
    if not text:
        raise ValidationError(_("Give the pool a name."))
    standing = Pool.objects.filter(course=course, name=text).first()
    if standing is not None and pool is not None and standing.pk != pool.pk:
        raise ValidationError(_("This course has a pool of that name already."))
    if standing is not None:
        return standing
    saved = pool or Pool(course=course)
    saved.name = text
    saved.save()
    log(instance=saved, action="assessments.save_pool", user=by, title=saved.name, timestamp=at)
    return saved


@transaction.atomic
def delete_pool(*, pool: Pool, by: User, at: datetime.datetime) -> None:
    """Deleting it again does nothing. Raises PermissionDenied, and ValidationError while anything depends on it."""
    require(by, Action.MANAGE_QUESTIONS)
    standing = Pool.objects.select_for_update().filter(pk=pool.pk).first()
    if standing is None:
        return
    if standing.questions.exists():
        raise ValidationError(_("The pool holds questions. Put them elsewhere first."))
    if standing.draws.exists():
        raise ValidationError(_("A quiz draws from this pool. Change the quiz first."))
    log(instance=standing, action="assessments.delete_pool", user=by, title=standing.name, timestamp=at, deleted=True)
    standing.delete()
