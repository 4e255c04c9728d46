"""The page of who is stuck as a funnel: who is called and not enrolled, who stops where, who has finished, and what
nobody can finish."""

import datetime

from django.urls import reverse
from django.utils import timezone

from learning.calls.models import Call, Called
from learning.tracking.actions import enrol
from learning.tracking.courses.blocked import Block, blocked_in
from learning.tracking.courses.state import open_requirements
from learning.tracking.models import ActivityPage
from membership.registries.groups import handed_over, people_of
from tests.assessments.results.test_attempts import _page
from tests.factories.activities import add_activity
from tests.factories.evaluation import another_member
from tests.factories.pages import add_lesson
from tests.queries import assert_constant_queries
from training_materials.models import Package
from training_materials.outlines import outline

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def _called(classroom, *users, unit=None):
    call = Call.objects.create(
        unit=unit or classroom.standing.association, kind="course", key=classroom.course.translation_key,
        title="Khóa", group="unit:", group_name="Cả hội", first_day=TODAY - datetime.timedelta(days=9), made_at=NOW,
        last_day=TODAY - datetime.timedelta(days=2), state=Call.State.CALLED, made_by=classroom.standing.dung,
    )  # fmt: skip
    Called.objects.bulk_create([Called(call=call, person=user.person) for user in users])
    return call


def test_the_stages_begin_with_who_is_called_and_add_up(binh, classroom):
    users = [another_member(classroom.standing.chapter, number) for number in range(3)]
    _called(classroom, *users, classroom.an, classroom.standing.ha)  # An is enrolled
    enrol(person=users[0].person, course=classroom.course, by=users[0], at=NOW)
    context = binh.get(reverse("quiz_results:stuck", args=[classroom.course.pk])).context
    counts = [stage.count for stage in context["picture"].stages]
    waiting = sum(len(place.waiting) for place in context["places"])
    assert (context["called"], counts[0]) == (3, 5)
    assert counts[0] == context["called"] + waiting + counts[-1]
    assert context["table"].count == 5
    binh.force_login(classroom.standing.dung)  # who looks after one commune alone
    page = _page(binh, "stuck", classroom.course.pk)
    assert users[1].person.full_name in page
    assert classroom.standing.ha.person.full_name not in page
    assert "Được gọi, chưa ghi danh: 2 người" in page


def test_who_is_called_twice_or_in_a_draft_is_counted_once_or_not(binh, classroom):
    user = another_member(classroom.standing.chapter, 1)
    _called(classroom, user)
    _called(classroom, user)
    draft = _called(classroom, another_member(classroom.standing.chapter, 2))
    Call.objects.filter(pk=draft.pk).update(state=Call.State.DRAFT)
    assert "Được gọi, chưa ghi danh: 1 người" in _page(binh, "stuck", classroom.course.pk)


def test_the_page_takes_no_more_queries_for_more_who_are_called(binh, classroom):
    call = _called(classroom, another_member(classroom.standing.chapter, 1))

    def more():
        for number in range(5, 9):
            Called.objects.create(call=call, person=another_member(classroom.standing.chapter, number).person)

    assert_constant_queries(lambda: _page(binh, "stuck", classroom.course.pk), more)


def test_one_writes_to_each_stage_and_to_nobody_else(classroom):
    dung, chapter, key = classroom.standing.dung, classroom.standing.chapter, classroom.course.translation_key
    user = another_member(chapter, 1)
    _called(classroom, user, classroom.an)
    step = classroom.course.outline().needed[0]
    for group, people in ((f"yet-to-enrol:{key}", [user]), (f"stuck-at:{key}.{step.key}", [classroom.an])):
        assert handed_over(dung, group)
        assert handed_over(classroom.an, group) is None  # who sees nobody's learning
        assert list(people_of(group, chapter, TODAY, by=dung)) == [one.person for one in people]
    for bad in ("stuck-at:x", f"stuck-at:{key}.x", "yet-to-enrol:x"):
        assert handed_over(dung, bad) is None
        assert not people_of(bad, chapter, TODAY, by=dung)


def test_at_a_later_step_are_those_who_did_all_before(classroom):
    later = add_lesson(classroom.course, "Bài sau")
    outline.forget(classroom.course.pk)
    group = f"stuck-at:{classroom.course.translation_key}.{later.translation_key}"
    dung, chapter = classroom.standing.dung, classroom.standing.chapter
    assert not people_of(group, chapter, TODAY, by=dung)
    for step in classroom.course.outline().needed[:-1]:
        classroom.enrolment.steps.update_or_create(
            step_key=step.key,
            defaults={"step_title": step.title, "started_at": NOW, "visited_at": NOW, "completed_at": NOW},
        )
    assert [person.pk for person in people_of(group, chapter, TODAY, by=dung)] == [classroom.an.person_id]


def test_an_activity_without_its_content_is_named_for_learners_and_for_trainers(binh, classroom):
    activity = add_activity(classroom.course, Package.objects.create(title="Trống", created_at=NOW))
    outline.forget(classroom.course.pk)
    classroom.enrolment.refresh_from_db()
    assert blocked_in(classroom.course.outline()) == {activity.translation_key: Block.GONE}
    told = open_requirements(classroom.enrolment)[-1]
    assert ("không phải lỗi của bạn" in told.text, told.url) == (True, "")
    page = _page(binh, "stuck", classroom.course.pk)
    assert "Chưa ai hoàn thành được “Thử sức” như hiện nay." in page
    assert reverse("wagtailadmin_pages:edit", args=[activity.pk]) in page
    assert "Có hoạt động chưa thể hoàn thành như hiện nay: 1" in page
    ActivityPage.objects.filter(pk=activity.pk).update(is_required=False)
    outline.forget(classroom.course.pk)
    assert blocked_in(classroom.course.outline()) == {}  # what is optional stops nobody
