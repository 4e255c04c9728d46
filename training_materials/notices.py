"""What is told of pages on their way to being published. Wagtail's own letters go only to accounts that are nobody's
record, and so have no notices."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from membership.models import User
from notices.actions import Told, tell
from notices.registries.kinds import Kind, Urgency, declare
from training_materials.models import CoursePage

_WHY = _("You submitted the page.")

MODERATE = declare(
    Kind(
        key="page-to-moderate",
        title=_("A page waits for me to moderate it"),
        words=_("“%(title)s” waits to be moderated."),
        why=_("You moderate what trainers write."),
        urgency=Urgency.AT_ONCE,
        still_due=lambda: TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS),
    )
)
APPROVED = declare(
    Kind(
        key="page-approved",
        title=_("My page is published"),
        words=_("“%(title)s” is approved and published."),
        why=_WHY,
    )
)
REJECTED = declare(
    Kind(
        key="page-rejected",
        title=_("My page comes back from moderation"),
        words=_("“%(title)s” comes back from moderation: read there what is to be changed."),
        why=_WHY,
        urgency=Urgency.AT_ONCE,
    )
)


def connect() -> None:
    """In the place of Wagtail's own, whichever app is ready first: one name is connected once."""
    for signal, sender, name, receiver in (
        (task_submitted, TaskState, "group_approval_task_submitted_email_notification", _submitted),
        (workflow_approved, WorkflowState, "workflow_state_approved_email_notification", _approved),
        (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification", _rejected),
    ):
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(receiver, sender=sender, dispatch_uid=name)


class _ToOthers:
    """Letters to accounts that are nobody's record; ``people`` are the others."""

    def people(self, state: Any, **said: Any) -> list[User]:
        return [user for user in super().get_recipient_users(state, **said) if user.person_id]  # type: ignore[misc]

    def get_recipient_users(self, state: Any, **said: Any) -> list[User]:
        return [user for user in super().get_recipient_users(state, **said) if not user.person_id]  # type: ignore[misc]


class _Submission(_ToOthers, GroupApprovalTaskStateSubmissionEmailNotifier):
    pass


class _Approval(_ToOthers, WorkflowStateApprovalEmailNotifier):
    pass


class _Rejection(_ToOthers, WorkflowStateRejectionEmailNotifier):
    pass


def _submitted(instance: TaskState, **said: Any) -> None:
    letters = _Submission()
    if letters.can_handle(instance):
        _tell(MODERATE, letters.people(instance, **said), instance.workflow_state, instance.pk, instance.pk)
        letters(instance, **said)


def _approved(instance: WorkflowState, **said: Any) -> None:
    letters = _Approval()
    _tell(APPROVED, letters.people(instance, **said), instance, instance.pk)
    letters(instance, **said)


def _rejected(instance: WorkflowState, **said: Any) -> None:
    letters = _Rejection()
    task = instance.current_task_state
    _tell(REJECTED, letters.people(instance, **said), instance, task.pk if task else instance.pk)
    letters(instance, **said)


def _tell(kind: Kind, users: Iterable[User], state: WorkflowState, event: int, subject: int | None = None) -> None:
    page = state.content_object.specific
    said = {"title": page.get_admin_display_title()}
    address = reverse(_page_of(kind) if isinstance(page, CoursePage) else "wagtailadmin_pages:edit", args=[page.pk])
    told = [
        Told(person_id=user.person_id, key=str(event), subject=subject, values=said, address=address)
        for user in users
        if user.is_active and user.person_id
    ]
    tell(kind=kind, told=told, at=timezone.now())


def _page_of(kind: Kind) -> str:
    """Where one reads on of a course, which is moderated as a whole."""
    return "course_review" if kind is MODERATE else "course_builder"
