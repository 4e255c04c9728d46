"""What changes the vocabulary and who may publish. Pages themselves are edited in Wagtail's own way."""

import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from interface.vietnamese import nfc
from membership.models import User
from membership.policy import MODERATORS, TRAINERS, Action, require
from training_materials.models import CourseIndexPage, LibraryPage, Topic

WORKFLOW = "Duyệt tài liệu"
COLLECTION = "Tài liệu và khóa học"

# Trainers write and submit; moderators also publish. Who is in which group follows from roles (membership.policy).
PAGE_PERMISSIONS = {
    TRAINERS: ("add", "change"),
    MODERATORS: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}
_ADMIN_PERMISSIONS = (
    ("wagtailadmin", "access_admin"),
    ("training_materials", "add_topic"),
    ("training_materials", "change_topic"),
    *(
        ("training_materials", f"{may}_{kind}")
        for kind in ("knowledgecheck", "flashcards", "branchingscenario", "hotspotpicture")
        for may in ("add", "change", "delete", "view", "publish")
    ),
)
_COLLECTION_PERMISSIONS = ("add_document", "change_document", "add_image", "change_image")
_CHOOSER_PERMISSIONS = ("choose_document", "choose_image")


@transaction.atomic
def save_topic(*, topic: Topic, by: User, at: datetime.datetime) -> Topic:
    """Keeps a new or changed topic. Saving it unchanged again changes nothing but the log.

    Raises PermissionDenied, ValidationError.
    """
    require(by, Action.PUBLISH_MATERIALS)
    topic.name = nfc(topic.name)
    topic.full_clean()
    topic.save()
    log(instance=topic, action="training_materials.save_topic", user=by, timestamp=at)
    return topic


@transaction.atomic
def set_up_publishing(
    *,
    library: LibraryPage,
    course_index: CourseIndexPage,
    by: User | None = None,
    at: datetime.datetime | None = None,
) -> Workflow:
    """Groups, their permissions on both trees, a collection for files, and the workflow submit → moderate → publish.

    Idempotent: brings everything to this state and takes from the two groups what they hold on other pages.
    Setting up is the system's work (``by`` None) or an administrator's; raises PermissionDenied otherwise.
    """
    if by is not None:
        require(by, Action.PUBLISH_MATERIALS)
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in PAGE_PERMISSIONS}
    shelves: list[Page] = [library, course_index]
    for group in groups.values():
        _permit_pages(group, shelves)
        for app_label, codename in _ADMIN_PERMISSIONS:
            group.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))
        _permit_files(group)
    workflow = _workflow(groups[MODERATORS])
    for shelf in shelves:
        WorkflowPage.objects.update_or_create(page=Page(pk=shelf.pk), defaults={"workflow": workflow})
    _retire_stock_workflow()
    log(
        instance=workflow,
        action="training_materials.set_up_publishing",
        user=by,
        timestamp=at or timezone.now(),
    )
    return workflow


def _permit_pages(group: Group, shelves: list[Page]) -> None:
    keys = [shelf.pk for shelf in shelves]
    GroupPagePermission.objects.filter(group=group).exclude(page__in=keys).delete()
    codenames = [f"{name}_page" for name in PAGE_PERMISSIONS[group.name]]
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    for key in keys:
        for permission in permissions:
            GroupPagePermission.objects.get_or_create(group=group, page_id=key, permission=permission)


def _permit_files(group: Group) -> None:
    root = Collection.get_first_root_node()
    shelf = root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)
    for collection, codenames in ((shelf, _COLLECTION_PERMISSIONS), (root, _CHOOSER_PERMISSIONS)):
        permissions = Permission.objects.filter(
            content_type__app_label__in=("wagtaildocs", "wagtailimages"), codename__in=codenames
        )
        for permission in permissions:
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)


def _retire_stock_workflow() -> None:
    """The one that Wagtail's migrations put on the root page: its groups and its English name are not ours."""
    stock = Workflow.objects.filter(name="Moderators approval")
    WorkflowPage.objects.filter(workflow__in=stock).delete()
    stock.update(active=False)


def _workflow(moderators: Group) -> Workflow:
    workflow, _is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    task, _is_new = GroupApprovalTask.objects.get_or_create(name=WORKFLOW)
    task.groups.set([moderators])
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    return workflow
