"""A submitted course on one page: what is new, changed and moved, and the two ways to decide."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from membership.policy import MODERATORS, TRAINERS
from notices.models import Notice
from tests.factories.pages import add_course, add_lesson
from tests.queries import assert_constant_queries
from training_materials import actions
from training_materials.models import CoursePage, LessonPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(tree, standing, client):
    actions.set_up_publishing(library=tree.materials, course_index=tree.course_index)
    for user, group in ((standing.binh, TRAINERS), (standing.giang, MODERATORS)):
        user.groups.add(Group.objects.get(name=group))
    course = add_course(tree.course_index, "Nuôi ong")
    for title in ("Tổ ong", "Mật ong", "Bán mật"):
        add_lesson(course, title)
    add_lesson(course, "Ong chúa", is_live=False)
    client.force_login(standing.binh)
    return course


@pytest.fixture
def task(course, standing):
    """Bình moved the second lesson up, wrote the first anew, added one, and submitted the course."""
    first, second, _third = course.steps()
    first.save_revision(user=standing.binh)
    actions.place_step(course=course, step=second.pk, place=0, by=standing.binh, at=timezone.now())
    return actions.submit_course(course=course, by=standing.binh)


def review(course):
    return reverse("course_review", args=[course.pk])


def decide(client, course, task, decision, comment=""):
    sent = {"task": task.pk, "decision": decision, "comment": comment}
    return client.post(review(course), sent, follow=True).content.decode()


def test_shows_each_page_with_what_changes_and_offers_to_compare(client, course, task, standing):
    client.force_login(standing.giang)
    page = client.get(review(course)).content.decode()
    first = course.steps()[0]
    assert page.index(">Mật ong<") < page.index(">Tổ ong<") < page.index(">Bán mật<") < page.index(">Ong chúa<")
    assert "người học đang thấy là bước 2" in page
    assert (page.count("đã sửa"), page.count("giữ nguyên")) == (2, 2)
    for changed in (course, first):
        kept = task.submitted_pages.get(page=changed.pk).revision_id
        address = reverse("wagtailadmin_pages:revisions_compare", args=[changed.pk, "live", kept])
        assert address in page
        assert client.get(address).status_code == 200
    new = LessonPage.objects.get(title="Ong chúa")
    look = reverse("wagtailadmin_pages:revisions_view", args=[new.pk, new.latest_revision_id])
    assert look in page
    assert client.get(look).status_code == 200


def test_names_what_is_taken_out(client, course, standing):
    step = course.steps()[1]
    actions.take_out(course=course, step=step.pk, is_out=True, by=standing.binh, at=timezone.now())
    actions.submit_course(course=course, by=standing.binh)
    client.force_login(standing.giang)
    page = client.get(review(course)).content.decode()
    assert page.count("bỏ ra; phần người học đã làm giữ nguyên") == 1
    assert "đổi chỗ" not in page


def test_a_moderator_reads_comments_and_publishes_all_of_it(client, course, task, standing):
    client.force_login(standing.giang)
    assert Notice.objects.get(person=standing.giang.person).address == review(course)
    assert "Đã đăng tất cả" in decide(client, course, task, "approve")
    assert CoursePage.objects.get(pk=course.pk).steps()[0].title == "Mật ong"
    told = Notice.objects.get(person=standing.binh.person)
    client.force_login(standing.binh)
    assert told.address == reverse("course_builder", args=[course.pk])


def test_what_is_given_back_needs_a_word_and_shows_it_to_the_trainer(client, course, task, standing):
    client.force_login(standing.giang)
    assert "Hãy viết cần sửa gì" in decide(client, course, task, "return")
    assert "Đã trả lại" in decide(client, course, task, "return", "Thêm phụ đề")
    assert "Trong lúc đó" in decide(client, course, task, "approve")
    client.force_login(standing.binh)
    built = client.get(reverse("course_builder", args=[course.pk])).content.decode()
    assert "Khóa học đã được trả lại để sửa: Thêm phụ đề" in " ".join(built.split())


def test_what_was_written_to_the_trainer_stays_where_another_submission_waits_by_then(client, course, task, standing):
    client.force_login(standing.giang)
    decide(client, course, task, "return", "Thêm phụ đề")
    actions.submit_course(course=course, by=standing.binh)
    page = decide(client, course, task, "approve", "Hay lắm")
    assert ">Hay lắm</textarea>" in page
    assert "Trong lúc đó" in page


def test_the_trainer_looks_takes_it_back_and_does_not_decide(client, course, task, standing):
    page = client.get(review(course)).content.decode()
    assert 'name="decision"' not in page
    assert reverse("cancel_moderation", args=[course.pk]) in page
    sent = {"task": task.pk, "decision": "approve"}
    client.post(review(course), sent)
    assert CoursePage.objects.get(pk=course.pk).workflow_in_progress
    client.post(reverse("cancel_moderation", args=[course.pk]))
    assert "không có phần nào đang chờ duyệt" in client.get(review(course)).content.decode()
    client.force_login(standing.giang)
    assert "Trong lúc đó" in decide(client, course, task, "approve")


def test_the_editor_of_a_locked_step_leads_to_what_is_submitted(client, course, task, standing):
    for user in (standing.binh, standing.giang):
        client.force_login(user)
        for page in (course, LessonPage.objects.get(title="Ong chúa")):
            edited = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
            assert review(course) in edited
            assert 'name="action-publish"' not in edited


def test_submitting_says_what_is_missing(client, course, standing):
    begun = {"title": "Bài mới", "place": 0, "by": standing.binh, "at": timezone.now()}
    actions.begin_step(course=course, kind=LessonPage, **begun)
    submitted = client.post(reverse("submit_course", args=[course.pk]), follow=True).content.decode()
    assert "“Bài mới” chưa viết xong (nội dung)" in submitted
    assert not CoursePage.objects.get(pk=course.pk).workflow_in_progress


def test_is_closed_to_who_neither_writes_nor_moderates(client, course, task, standing):
    for user in (standing.an, standing.dung):
        client.force_login(user)
        assert client.get(review(course)).status_code in (302, 403, 404)
        assert client.post(reverse("submit_course", args=[course.pk])).status_code in (302, 403, 404)


def test_asks_as_much_however_many_steps_there_are(client, course, task):
    def add_rows():
        for title in ("Hai", "Ba", "Bốn"):
            add_lesson(course, title)

    assert_constant_queries(lambda: client.get(review(course)), add_rows)
