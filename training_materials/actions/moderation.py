"""A course goes to the moderators as a whole and comes back as a whole: decision 0156."""

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from membership.models import User
from membership.policy import Action, require
from training_materials.models import CoursePage, StepPage, SubmittedPage


@transaction.atomic
def submit_course(*, course: CoursePage, by: User) -> TaskState:
    """Keeps each page with something to publish as it is now, locks the course with its steps, and tells who may
    moderate there, once. While it waits already: that submission.

    Raises PermissionDenied, and ValidationError naming what is not complete, or if nothing is to be published.
    """
    require(by, Action.PUBLISH_MATERIALS)
    held = _held(course)
    if (waiting := held.current_workflow_task_state) is not None:
        return waiting
    allowed = held.permissions_for_user(by)
    if not allowed.can_edit() or allowed.page_locked():
        raise PermissionDenied
    pages = held.pages_to_publish()
    _refuse_incomplete(pages)
    if held not in pages:
        pages.append(held)
    for page in pages:
        if page.latest_revision_id is None:
            page.save_revision(user=by, clean=False)
    task = _begin(held, by)
    SubmittedPage.objects.bulk_create(
        SubmittedPage(task_id=task.pk, page_id=page.pk, revision_id=page.latest_revision_id) for page in pages
    )
    return task


@transaction.atomic
def decide_course(*, course: CoursePage, task: int, is_approved: bool, comment: str, by: User) -> None:
    """Publishes all that was submitted, or nothing and gives it back with the comment. The same again changes nothing.

    Raises PermissionDenied, LookupError if that submission is no longer the one that waits, and ValidationError if it
    is given back without a word.
    """
    held = _held(course)
    state = TaskState.objects.for_instance(held).get(pk=task)
    outcome = TaskState.STATUS_APPROVED if is_approved else TaskState.STATUS_REJECTED
    if not may_decide(held, state, by):
        raise PermissionDenied
    if state.status == outcome:
        return
    if state.status != TaskState.STATUS_IN_PROGRESS:
        raise LookupError(task)
    if not is_approved and not comment:
        raise ValidationError(_("Write what is to be changed: the trainer reads it."))
    state.task.specific.on_action(state.specific, by, "approve" if is_approved else "reject", comment=comment)


def may_decide(course: CoursePage, state: TaskState, user: User) -> bool:
    return any(name == "approve" for name, *_rest in state.task.specific.get_actions(course, user))


def _held(course: CoursePage) -> CoursePage:
    """Whoever submits and whoever decides do so one after the other."""
    held: CoursePage = CoursePage.objects.select_for_update().get(pk=course.pk)
    return held


def _begin(course: CoursePage, by: User) -> TaskState:
    """One state of the course: what comes back is taken up again."""
    state = course.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=by)
    else:
        workflow = course.get_parent().get_workflow()
        if workflow is None:
            raise ValidationError(_("No moderators are set for courses: ask the administrator."))
        state = workflow.start(course, by)
    task: TaskState = state.current_task_state
    return task


def _refuse_incomplete(pages: list[Page]) -> None:
    if not pages:
        raise ValidationError(_("Learners see all that is written already: nothing is to be submitted."))
    lacking = [error for page in pages for error in _errors_of(page)]
    if lacking:
        raise ValidationError(lacking)


def _errors_of(page: Page) -> list[str]:
    draft = page.get_latest_revision_as_object()
    said = _("“%(title)s” is not complete yet (%(field)s): %(reason)s")
    title = draft.get_admin_display_title()
    return [
        said % {"title": title, "field": _label(draft, field), "reason": " ".join(reasons)}
        for field, reasons in _lacking(draft).items()
    ]


def _lacking(draft: Page) -> dict[str, list[str]]:
    """What the form would refuse: a stream without blocks is an empty value to forms, not to models."""
    streams = [draft._meta.get_field(name) for name in draft.get_streamfield_names()]
    empty = [field for field in streams if not field.blank and not getattr(draft, field.name)]
    lacking = {field.name: [str(field.error_messages["blank"])] for field in empty}
    try:
        draft.full_clean()
    except ValidationError as refused:
        lacking |= refused.message_dict
    if isinstance(draft, StepPage) and (said := draft.lacks()):
        lacking.setdefault(NON_FIELD_ERRORS, []).append(said)
    return lacking


def _label(page: Page, field: str) -> str:
    return _("as a whole") if field == NON_FIELD_ERRORS else str(page._meta.get_field(field).verbose_name)
