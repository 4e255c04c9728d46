import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, ModelLogEntry, Page, Workflow, WorkflowPage

from membership.policy import MODERATORS, TRAINERS
from tests.factories.pages import add_course, add_lesson, add_material
from training_materials.actions import COLLECTION, WORKFLOW, save_topic, set_up_publishing
from training_materials.models import MaterialPage, Topic
from training_materials.registries import page_uses
from training_materials.registries.page_uses import Dependants

NOW = datetime.datetime(2026, 11, 1, 9, tzinfo=datetime.UTC)


@pytest.fixture
def trainer(tree, standing):
    set_up_publishing(library=tree.materials, course_index=tree.course_index)
    standing.binh.groups.add(Group.objects.get(name=TRAINERS))
    return standing.binh


@pytest.fixture
def moderator(tree, standing):
    set_up_publishing(library=tree.materials, course_index=tree.course_index)
    standing.giang.groups.add(Group.objects.get(name=MODERATORS))
    return standing.giang


def test_setting_up_twice_changes_nothing(tree):
    for _time in range(2):
        set_up_publishing(library=tree.materials, course_index=tree.course_index)
        counted = (GroupPagePermission.objects.filter(group__name=TRAINERS).count(), Workflow.objects.count())
    assert counted[0] == 4
    assert Workflow.objects.filter(name=WORKFLOW).count() == 1
    assert WorkflowPage.objects.filter(workflow__name=WORKFLOW).count() == 2
    root = tree.materials.get_parent()
    assert not GroupPagePermission.objects.filter(group__name=MODERATORS, page=root).exists()


def test_only_who_may_publish_sets_publishing_up(tree, standing):
    with pytest.raises(PermissionDenied):
        set_up_publishing(library=tree.materials, course_index=tree.course_index, by=standing.an, at=NOW)


def test_trainers_write_but_do_not_publish(tree, trainer):
    permissions = add_material(tree.materials, "Tài liệu").permissions_for_user(trainer)
    assert permissions.can_edit()
    assert permissions.can_submit_for_moderation()
    assert not permissions.can_publish()


def test_moderators_publish(tree, moderator):
    permissions = add_material(tree.materials, "Tài liệu").permissions_for_user(moderator)
    assert permissions.can_publish()
    assert permissions.can_unpublish()
    assert permissions.can_delete()


def test_the_workflow_of_courses_is_for_the_whole_of_one(tree, trainer):
    course = add_course(tree.course_index, "Khóa")
    assert tree.course_index.get_workflow().name == WORKFLOW
    for page in (course, add_lesson(course, "Bài", is_live=False)):
        assert not page.permissions_for_user(trainer).can_submit_for_moderation()


def test_a_submitted_page_is_published_once_a_moderator_approves(tree, trainer, moderator):
    material = add_material(tree.materials, "Chờ duyệt", is_live=False)
    state = material.get_workflow().start(material, trainer)
    assert not MaterialPage.objects.get(pk=material.pk).live
    state.current_task_state.approve(user=moderator)
    assert MaterialPage.objects.get(pk=material.pk).live


def test_trainers_have_a_place_for_files(tree, trainer):
    assert trainer.has_perm("wagtailadmin.access_admin")
    names = [
        permission.collection.name
        for group in trainer.groups.all()
        for permission in group.collection_permissions.filter(permission__codename="add_document")
    ]
    assert names == [COLLECTION]


def test_a_trainer_saves_a_topic_and_it_is_logged(standing):
    topic = save_topic(topic=Topic(name=" Kỹ năng số ", slug="ky-nang-so"), by=standing.binh, at=NOW)
    assert topic.name == "Kỹ năng số"
    entry = ModelLogEntry.objects.get(action="training_materials.save_topic")
    assert (entry.user, entry.timestamp) == (standing.binh, NOW)


def test_saving_a_topic_again_keeps_one(standing):
    topic = save_topic(topic=Topic(name="Số", slug="so"), by=standing.binh, at=NOW)
    save_topic(topic=topic, by=standing.binh, at=NOW)
    assert Topic.objects.count() == 1


def test_members_may_not_save_topics(standing):
    with pytest.raises(PermissionDenied):
        save_topic(topic=Topic(name="Số", slug="so"), by=standing.an, at=NOW)
    assert not Topic.objects.exists()


def test_a_second_topic_of_the_same_slug_is_refused(standing):
    save_topic(topic=Topic(name="Số", slug="so"), by=standing.binh, at=NOW)
    with pytest.raises(ValidationError):
        save_topic(topic=Topic(name="Khác", slug="so"), by=standing.binh, at=NOW)


@pytest.fixture
def editor(client, moderator):
    moderator.is_superuser = True
    moderator.save()
    client.force_login(moderator)
    return client


@pytest.fixture
def counted(monkeypatch):
    monkeypatch.setattr(page_uses, "_counters", [lambda keys: Dependants(len(keys), f"{len(keys)} dấu vết")])


def test_deleting_a_page_without_traces_asks_as_ever(tree, editor, monkeypatch):
    monkeypatch.setattr(page_uses, "_counters", [lambda keys: Dependants(0, "0")])
    material = add_material(tree.materials, "Tài liệu")
    response = editor.get(reverse("wagtailadmin_pages:delete", args=[material.pk]))
    assert "training_materials/admin/dependants.html" not in [one.name for one in response.templates]


def test_deleting_explains_what_hangs_on_a_page_and_beneath_it(tree, editor, counted):
    course = add_course(tree.course_index, "Khóa")
    add_lesson(course, "Bài")
    content = editor.get(reverse("wagtailadmin_pages:delete", args=[course.pk])).content.decode()
    assert "2 dấu vết" in content
    assert reverse("wagtailadmin_pages:unpublish", args=[course.pk]) in content


def test_deleting_goes_on_for_who_has_seen_it(tree, editor, counted):
    material = add_material(tree.materials, "Tài liệu")
    address = reverse("wagtailadmin_pages:delete", args=[material.pk]) + "?dependants_seen=1"
    assert "2 dấu vết" not in editor.get(address).content.decode()
    editor.post(address)
    assert not Page.objects.filter(pk=material.pk).exists()


def test_deleting_many_explains_too(tree, editor, counted):
    pages = [add_material(tree.materials, f"Tài liệu {number}") for number in range(2)]
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    address += "?" + "&".join(f"id={page.pk}" for page in pages) + "&next=/quan-tri/"
    response = editor.post(address)
    assert "2 dấu vết" in response.content.decode()
    assert Page.objects.filter(pk__in=[page.pk for page in pages]).count() == 2
    editor.post(address, {"dependants_seen": "1"})
    assert not Page.objects.filter(pk__in=[page.pk for page in pages]).exists()


def test_preview_shows_the_draft(tree, editor):
    material = add_material(tree.materials, "Tài liệu", text="Bản đầu")
    material.body = [("text", "<p>Bản nháp mới</p>")]
    material.save_revision()
    address = reverse("wagtailadmin_pages:view_draft", args=[material.pk])
    assert "Bản nháp mới" in editor.get(address).content.decode()
    assert "Bản đầu" in editor.get(material.url).content.decode()


def test_a_new_course_previews_with_the_drafts_of_its_lessons(tree, editor):
    course = add_course(tree.course_index, "Khóa mới", is_live=False)
    add_lesson(course, "Bài nháp", is_live=False)
    address = reverse("wagtailadmin_pages:view_draft", args=[course.pk])
    assert "Bài nháp" in editor.get(address).content.decode()


@pytest.mark.parametrize("name", ["course", "material", "lesson"])
def test_the_editors_open(tree, editor, name):
    course = add_course(tree.course_index, "Khóa")
    made = {
        "course": course,
        "material": add_material(tree.materials, "Tài liệu"),
        "lesson": add_lesson(course, "Bài"),
    }[name]
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[made.pk])).status_code == 200


def test_topics_are_saved_from_the_admin_through_the_action(editor, db):
    response = editor.post("/quan-tri/snippets/training_materials/topic/add/", {"name": "Số", "slug": "so"})
    assert response.status_code == 302
    assert ModelLogEntry.objects.filter(action="training_materials.save_topic").count() == 1
    assert timezone.now() >= ModelLogEntry.objects.get(action="training_materials.save_topic").timestamp
