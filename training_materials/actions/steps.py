"""The steps of a course as its trainer arranges them. What learners see of a course changes with its publishing only:
decision 0150.
"""

import datetime
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from membership.models import User
from membership.policy import Action, require
from training_materials.models import CoursePage, StepPage
from training_materials.outlines.order import as_planned, plan_for

Kind = TypeVar("Kind", bound=StepPage)


@transaction.atomic
def place_step(*, course: CoursePage, step: int, place: int, by: User, at: datetime.datetime) -> None:
    """Puts the step with that key at the place, counted from 0, among all steps as they are planned: at once where
    learners see nothing of it, else into the course's draft. Again: changes nothing.

    Raises PermissionDenied, also while moderators have the course, and LookupError if it has no such step.
    """
    draft: CoursePage = _held(course, by).get_latest_revision_as_object()
    steps = list(draft.get_children().order_by("path"))
    planned = [one.pk for one in as_planned(steps, draft.planned_order)]
    if step not in planned:
        raise LookupError(step)
    order = [key for key in planned if key != step]
    order.insert(place, step)
    if order == planned:
        return
    plan = plan_for(steps, order) if draft.live else {}
    if not plan:
        _stand([one.pk for one in steps], order, by)
    if plan or planned != [one.pk for one in steps]:  # else a revision would say that something waits
        draft.planned_order = plan
        draft.save_revision(user=by, clean=False)
    log(instance=draft, action="training_materials.place_step", user=by, timestamp=at, data={"step": step})


@transaction.atomic
def begin_step(
    *, course: CoursePage, kind: type[Kind], title: str, place: int, by: User, at: datetime.datetime
) -> Kind:
    """A draft of that kind and title at the place; as long as nothing is written into it, the same one again.

    Raises PermissionDenied.
    """
    held = _held(course, by)
    if not (held.permissions_for_user(by).can_add_subpage() and kind in held.creatable_subpage_models()):
        raise PermissionDenied
    untouched = kind.objects.child_of(held).filter(owner=by, live=False, title=title, draft_title=title)
    step: Kind | None = untouched.order_by("-pk").first()
    if step is None or step.revisions.count() > 1:
        step = kind(title=title, owner=by, live=False)
        held.add_child(instance=step)
        step.save_revision(user=by, clean=False)  # what is demanded of a step is asked as it is written
        log(instance=step, action="wagtail.create", user=by, timestamp=at)
    place_step(course=held, step=step.pk, place=place, by=by, at=at)
    return step


@transaction.atomic
def copy_step(*, course: CoursePage, step: int, title: str, by: User, at: datetime.datetime) -> Page:
    """A draft right after the step with that key, as this was written last; as long as the copy bears that title, the
    same one again.

    Raises PermissionDenied, and LookupError if the course has no such step.
    """
    held = _held(course, by)
    planned = [one.pk for one in _arranged(held)]
    if step not in planned:
        raise LookupError(step)
    copy = _copy_of(Page.objects.get(pk=step), title, by)
    place_step(course=held, step=copy.pk, place=planned.index(step) + 1, by=by, at=at)
    return copy


@transaction.atomic
def copy_course(*, course: CoursePage, title: str, by: User) -> Page:
    """A draft of the whole course, nobody enrolled; as long as it bears that title, the same one again.

    Raises PermissionDenied.
    """
    require(by, Action.PUBLISH_MATERIALS)
    return _copy_of(course, title, by)


@transaction.atomic
def take_out(*, course: CoursePage, step: int, is_out: bool, by: User, at: datetime.datetime) -> None:
    """Makes the step no part of the course's draft, or a part of it again; learners have it until the course is
    published, and what they did in it stays. Again: changes nothing.

    Raises PermissionDenied, and LookupError if the course has no such step.
    """
    draft: CoursePage = _held(course, by).get_latest_revision_as_object()
    if not draft.get_children().filter(pk=step).exists():
        raise LookupError(step)
    if (step in draft.taken_out) == is_out:
        return
    draft.taken_out = [*draft.taken_out, step] if is_out else [key for key in draft.taken_out if key != step]
    draft.save_revision(user=by, clean=False)
    log(instance=draft, action="training_materials.take_out", user=by, timestamp=at, data={"step": step, "out": is_out})


@transaction.atomic
def carry_out_outline(*, course: CoursePage, by: User | None) -> None:
    """The order and the removals that waited until the course was published. Again: changes nothing."""
    for step in course.get_children().live().filter(pk__in=course.taken_out).specific():
        UnpublishPageAction(step, user=by).execute(skip_permission_checks=True)
    steps = list(course.get_children().order_by("path"))
    _stand([one.pk for one in steps], [one.pk for one in as_planned(steps, course.planned_order)], by)
    if course.planned_order:
        _forget_order(course)


def _forget_order(course: CoursePage) -> None:
    """Out of the page and of the drafts that would bring it back: who moves steps back later is not overruled."""
    CoursePage.objects.filter(pk=course.pk).update(planned_order={})
    for revision in Revision.objects.filter(pk__in=[course.live_revision_id, course.latest_revision_id]):
        if revision.content.get("planned_order") == course.planned_order:
            kept = revision.content | {"planned_order": {}}
            Revision.objects.filter(pk=revision.pk).update(content=kept)


def _copy_of(page: Page, title: str, by: User) -> Page:
    """With what was written last: so its revisions go along. Wagtail asks whether they may, and logs it."""
    parent = page.get_parent()
    begun = Page.objects.child_of(parent).filter(owner=by, live=False, draft_title=title).order_by("-pk").first()
    slug = find_available_slug(parent, page.slug)
    named = {"title": title, "slug": slug}
    return begun or page.specific.copy(recursive=True, keep_live=False, update_attrs=named, user=by)


def _arranged(course: CoursePage) -> list[Page]:
    draft = course.get_latest_revision_as_object()
    return as_planned(list(draft.get_children().order_by("path")), draft.planned_order)


def _held(course: CoursePage, by: User) -> CoursePage:
    """Two who arrange it at once do so one after the other."""
    require(by, Action.PUBLISH_MATERIALS)
    held: CoursePage = CoursePage.objects.select_for_update().get(pk=course.pk)
    allowed = held.permissions_for_user(by)
    if not allowed.can_edit() or allowed.page_locked():
        raise PermissionDenied
    return held


def _stand(now: list[int], order: list[int], by: User | None) -> None:
    """Each move shifts the paths of others, so both pages are read anew. Wagtail lets only who may publish move what
    is live: here what is live keeps its order, or is published."""
    for place, key in enumerate(order):
        if now[place] != key:
            page, before = Page.objects.get(pk=key), Page.objects.get(pk=now[place])
            MovePageAction(page, before, pos="left", user=by).execute(skip_permission_checks=True)
            now = [*now[:place], key, *(other for other in now[place:] if other != key)]
