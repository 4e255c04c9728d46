"""A course that begins."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from membership.models import User
from membership.policy import Action, require
from training_materials.models import CourseIndexPage, CoursePage


@transaction.atomic
def begin_course(*, index: CourseIndexPage, title: str, by: User, at: datetime.datetime) -> CoursePage:
    """A draft of that title beneath the list of courses, which holds lessons from now on; as long as nothing is
    written into it, the same one again.

    Raises PermissionDenied.
    """
    require(by, Action.PUBLISH_MATERIALS)
    if not index.permissions_for_user(by).can_add_subpage():
        raise PermissionDenied
    untouched = CoursePage.objects.child_of(index).filter(owner=by, live=False, numchild=0, summary="")
    begun: CoursePage | None = untouched.filter(title=title, draft_title=title).first()
    if begun is None:
        begun = CoursePage(title=title, owner=by, live=False)
        index.add_child(instance=begun)
        begun.save_revision(user=by, clean=False)  # what is demanded of a course is asked as it is written
        log(instance=begun, action="wagtail.create", user=by, timestamp=at)
    return begun
