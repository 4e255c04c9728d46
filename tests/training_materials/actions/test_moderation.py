"""A course submitted and decided as a whole: what was kept of it is published together, or not at all."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import TaskState
from wagtail.signals import page_published

from learning.tracking.actions import complete_step, enrol
from learning.tracking.models import StepProgress
from membership.policy import MODERATORS, TRAINERS
from notices.models import Notice
from tests.factories.pages import add_course, add_lesson
from training_materials import actions, notices
from training_materials.models import CoursePage, LessonPage, SubmittedPage

pytestmark = pytest.mark.django_db
MOST_QUERIES = 600  # for eleven pages; Wagtail asks some fifty to publish one


@pytest.fixture
def course(tree, standing):
    """Open, with two open lessons."""
    actions.set_up_publishing(library=tree.materials, course_index=tree.course_index)
    for user, group in ((standing.binh, TRAINERS), (standing.giang, MODERATORS)):
        user.groups.add(Group.objects.get(name=group))
    course = add_course(tree.course_index, "Nuôi ong")
    for title in ("Một", "Hai"):
        add_lesson(course, title)
    return course


def rewrite(page, title, by):
    """As the editor does: the page itself stays as it is."""
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    draft.title = title
    draft.save_revision(user=by)


def submit(course, by):
    return actions.submit_course(course=course, by=by)


def decide(course, task, by, *, is_approved=True, comment=""):
    actions.decide_course(course=course, task=task.pk, is_approved=is_approved, comment=comment, by=by)


def titles(course):
    return [step.title for step in CoursePage.objects.get(pk=course.pk).steps()]


def told(kind):
    return [notice.person for notice in Notice.objects.filter(kind=kind.key)]


def test_changes_additions_and_the_new_order_are_published_together_and_nobody_loses_what_they_did(course, standing):
    one, two = course.steps()
    enrolment = enrol(person=standing.an.person, course=course, by=standing.an, at=timezone.now())
    complete_step(enrolment=enrolment, step=one, at=timezone.now())
    before = list(StepProgress.objects.values())
    rewrite(one, "Một, viết lại", standing.binh)
    add_lesson(course, "Ba", is_live=False)
    actions.place_step(course=course, step=two.pk, place=0, by=standing.binh, at=timezone.now())
    task = submit(course, standing.binh)
    assert submit(course, standing.binh) == task
    assert titles(course) == ["Một", "Hai"]
    assert told(notices.MODERATE) == [standing.giang.person]
    decide(course, task, standing.giang, comment="Tốt")
    decide(course, task, standing.giang)
    assert titles(course) == ["Hai", "Một, viết lại", "Ba"]
    assert told(notices.APPROVED) == [standing.binh.person]
    assert CoursePage.objects.get(pk=course.pk).pages_to_publish() == []
    assert list(StepProgress.objects.values()) == before


def test_what_was_read_is_published_and_nothing_written_later(course, standing):
    one, _two = course.steps()
    rewrite(one, "Đã nộp", standing.binh)
    task = submit(course, standing.binh)
    rewrite(one, "Viết sau", standing.binh)
    rewrite(course, "Tên viết sau", standing.binh)
    late = add_lesson(course, "Thêm sau", is_live=False)
    decide(course, task, standing.giang)
    assert titles(course) == ["Đã nộp", "Hai"]
    course.refresh_from_db()
    assert (course.title, course.has_unpublished_changes) == ("Nuôi ong", True)
    assert not LessonPage.objects.get(pk=late.pk).live


def test_nobody_writes_in_the_course_while_moderators_have_it(course, standing):
    one, _two = course.steps()
    rewrite(one, "Đã nộp", standing.binh)
    task = submit(course, standing.binh)
    for page in (CoursePage.objects.get(pk=course.pk), LessonPage.objects.get(pk=one.pk)):
        for user in (standing.binh, standing.giang):
            assert page.permissions_for_user(user).page_locked()
            assert not page.permissions_for_user(user).can_submit_for_moderation()
    decide(course, task, standing.giang, is_approved=False, comment="Thiếu ảnh")
    assert not LessonPage.objects.get(pk=one.pk).permissions_for_user(standing.binh).page_locked()


def test_what_came_back_is_submitted_again_as_it_is_then(course, standing):
    one, _two = course.steps()
    rewrite(one, "Lần một", standing.binh)
    first = submit(course, standing.binh)
    with pytest.raises(ValidationError):
        decide(course, first, standing.giang, is_approved=False)
    decide(course, first, standing.giang, is_approved=False, comment="Sửa tên")
    assert told(notices.REJECTED) == [standing.binh.person]
    rewrite(one, "Lần hai", standing.binh)
    second = submit(course, standing.binh)
    assert second.workflow_state_id == first.workflow_state_id
    with pytest.raises(LookupError):
        decide(course, first, standing.giang)
    decide(course, second, standing.giang)
    assert titles(course) == ["Lần hai", "Hai"]


def test_only_who_moderates_decides_and_only_who_writes_submits(course, standing):
    rewrite(course, "Nuôi ong mật", standing.binh)
    for user in (standing.an, standing.dung, standing.giang):
        with pytest.raises(PermissionDenied):
            submit(course, user)
    task = submit(course, standing.binh)
    for user in (standing.binh, standing.an, standing.dung):
        with pytest.raises(PermissionDenied):
            decide(course, task, user)
    other = add_course(course.get_parent(), "Khác")
    with pytest.raises(TaskState.DoesNotExist):
        decide(other, task, standing.giang)


def test_what_is_incomplete_or_unchanged_is_not_submitted_and_is_named(course, standing):
    with pytest.raises(ValidationError, match="không có gì để gửi duyệt"):
        submit(course, standing.binh)
    begun = {"title": "Bài học mới", "place": 2, "by": standing.binh, "at": timezone.now()}
    actions.begin_step(course=course, kind=LessonPage, **begun)
    with pytest.raises(ValidationError, match="Bài học mới"):
        submit(course, standing.binh)
    assert not SubmittedPage.objects.exists()
    assert not CoursePage.objects.get(pk=course.pk).workflow_in_progress


def test_stopped_half_way_publishes_nothing(course, standing):
    for step in course.steps():
        rewrite(step, f"{step.title} mới", standing.binh)
    rewrite(course, "Nuôi ong mật", standing.binh)
    task = submit(course, standing.binh)

    def stop(instance, **_said):
        if instance.pk == course.pk:
            raise KeyboardInterrupt

    page_published.connect(stop)
    try:
        with pytest.raises(KeyboardInterrupt):
            decide(course, task, standing.giang)
    finally:
        page_published.disconnect(stop)
    assert titles(course) == ["Một", "Hai"]
    assert told(notices.APPROVED) == []
    decide(course, task, standing.giang)
    assert titles(course) == ["Một mới", "Hai mới"]


def test_eleven_pages_are_published_with_what_wagtail_asks_for_each_and_little_more(course, standing):
    for number in range(8):
        add_lesson(course, f"Bài {number}", is_live=False)
    for page in (*course.steps(), course):
        rewrite(page, f"{page.title} mới", standing.binh)
    task = submit(course, standing.binh)
    assert task.submitted_pages.count() == 11
    with CaptureQueriesContext(connection) as asked:
        decide(course, task, standing.giang)
    assert len(titles(course)) == 10
    assert len(asked) <= MOST_QUERIES, len(asked)


def take_out(course, step, by, *, is_out=True):
    actions.take_out(course=course, step=step.pk, is_out=is_out, by=by, at=timezone.now())


def test_a_step_is_taken_out_with_the_course_and_what_learners_did_in_it_stays(course, standing):
    one, _two = course.steps()
    enrolment = enrol(person=standing.an.person, course=course, by=standing.an, at=timezone.now())
    complete_step(enrolment=enrolment, step=one, at=timezone.now())
    before = list(StepProgress.objects.values())
    take_out(course, one, standing.binh)
    take_out(course, one, standing.binh)
    assert (titles(course), course.revisions.count()) == (["Một", "Hai"], 2)
    decide(course, submit(course, standing.binh), standing.giang)
    assert titles(course) == ["Hai"]
    assert list(StepProgress.objects.values()) == before
    assert CoursePage.objects.get(pk=course.pk).pages_to_publish() == []


def test_a_step_put_back_is_published_again_and_one_put_back_before_stays_as_it_was(course, standing):
    one, two = course.steps()
    for step in (one, two):
        take_out(course, step, standing.binh)
    take_out(course, two, standing.binh, is_out=False)
    decide(course, submit(course, standing.binh), standing.giang)
    assert titles(course) == ["Hai"]
    take_out(course, one, standing.binh, is_out=False)
    decide(course, submit(course, standing.binh), standing.giang)
    assert titles(course) == ["Một", "Hai"]


def test_a_draft_that_is_taken_out_is_not_submitted(course, standing):
    begun = {"title": "Bài học mới", "place": 2, "by": standing.binh, "at": timezone.now()}
    draft = actions.begin_step(course=course, kind=LessonPage, **begun)
    take_out(course, draft, standing.binh)
    task = submit(course, standing.binh)
    assert not task.submitted_pages.filter(page=draft.pk).exists()


def test_only_who_writes_the_course_takes_out_its_own_steps_while_it_is_theirs(course, standing):
    one, _two = course.steps()
    for user in (standing.an, standing.giang):
        with pytest.raises(PermissionDenied):
            take_out(course, one, user)
    with pytest.raises(LookupError):
        take_out(course, course, standing.binh)
    take_out(course, one, standing.binh)
    submit(course, standing.binh)
    with pytest.raises(PermissionDenied):
        take_out(course, one, standing.binh, is_out=False)
