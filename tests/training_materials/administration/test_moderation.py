"""Trainers and moderators in Wagtail's admin: adding steps, submitting, approving, cancelling."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from membership.actions import sync_all_groups
from membership.models import User
from membership.policy import MODERATORS, TRAINERS
from notices.models import Notice
from notices.registries.kinds import over
from tests.factories.pages import add_course, add_lesson, add_material
from tests.factories.people import add_user
from training_materials import notices
from training_materials.actions import set_up_publishing

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(tree, standing):
    set_up_publishing(library=tree.materials, course_index=tree.course_index)
    for user, group in ((standing.binh, TRAINERS), (standing.giang, MODERATORS)):
        user.groups.add(Group.objects.get(name=group))
    return add_course(tree.course_index, "Nuôi ong")


@pytest.fixture
def waiting(tree, course, standing):
    """A material that Bình has submitted."""
    return submitted(tree, standing)


def submitted(tree, standing):
    material = add_material(tree.materials, "Tổ ong", is_live=False)
    material.get_workflow().start(material, standing.binh)
    return material


def edited(client, page):
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_a_saved_course_offers_its_first_lesson_and_says_that_it_has_none(client, course, standing):
    client.force_login(standing.binh)
    page = edited(client, course)
    assert "Khóa học chưa có bước nào" in page
    assert reverse("wagtailadmin_pages:add", args=["training_materials", "lessonpage", course.pk]) in page
    listing = client.get(reverse("wagtailadmin_explore", args=[course.pk])).content.decode()
    assert "1–0" not in listing


def test_steps_stand_in_the_order_in_which_they_are_learnt(client, course, standing):
    for title in ("Một", "Hai", "Ba"):
        add_lesson(course, title)
    client.force_login(standing.binh)
    page = edited(client, course)
    assert page.index(">Một</a>") < page.index(">Hai</a>") < page.index(">Ba</a>")
    listing = client.get(reverse("wagtailadmin_explore", args=[course.pk])).content.decode()
    places = [listing.index(reverse("wagtailadmin_pages:edit", args=[step.pk])) for step in course.steps()]
    assert places == sorted(places)


def told(kind):
    return [(notice.person, notice.words) for notice in Notice.objects.filter(kind=kind.key)]


def test_a_submission_is_told_once_to_who_moderates_though_they_never_opened_the_admin(client, tree, course, standing):
    admin = add_user("quantri", "Quản Trị", is_superuser=True)
    standing.giang.groups.clear()
    sync_all_groups(at=timezone.now())
    submitted(tree, standing)
    assert told(notices.MODERATE) == [(standing.giang.person, "“Tổ ong” đang chờ duyệt.")]
    assert mail.outbox == []
    assert admin.person not in {person for person, _words in told(notices.MODERATE)}
    client.force_login(standing.giang)
    assert client.get(Notice.objects.get().address).status_code == 200


def test_who_moderates_and_is_nobodys_record_has_wagtails_letter(tree, course, standing):
    User.objects.create_user("may", email="may@example.vn", password=None).groups.add(
        Group.objects.get(name=MODERATORS)
    )
    submitted(tree, standing)
    assert [message.to for message in mail.outbox] == [["may@example.vn"]]


def test_what_is_moderated_meanwhile_is_not_told_and_its_outcome_is(waiting, standing):
    state = waiting.current_workflow_state
    state.current_task_state.reject(user=standing.giang, comment="Thiếu ảnh")
    assert told(notices.REJECTED)[0][0] == standing.binh.person
    waiting.current_workflow_state.resume(user=standing.binh)
    waiting.current_workflow_state.current_task_state.approve(user=standing.giang)
    assert [person for person, _words in told(notices.APPROVED)] == [standing.binh.person]
    asked = Notice.objects.filter(kind=notices.MODERATE.key)
    assert len(asked) == 2
    assert over(asked) == {notice.pk for notice in asked}
    assert mail.outbox == []


def test_cancelling_stands_last_and_asks_before_it_acts(client, waiting, standing):
    client.force_login(standing.giang)
    page = edited(client, waiting)
    address = reverse("cancel_moderation", args=[waiting.pk])
    assert page.index('data-workflow-action-name="approve"') < page.index(address)
    assert 'name="action-cancel-workflow"' not in page
    assert "Lê Văn Bình" in client.get(address).content.decode()
    waiting.refresh_from_db()
    assert waiting.workflow_in_progress
    client.post(address)
    assert not type(waiting).objects.get(pk=waiting.pk).workflow_in_progress


def test_nobody_cancels_what_is_not_theirs_to_cancel(client, waiting, standing):
    client.force_login(standing.dung)
    assert client.post(reverse("cancel_moderation", args=[waiting.pk])).status_code == 404
    assert type(waiting).objects.get(pk=waiting.pk).workflow_in_progress
