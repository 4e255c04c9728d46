"""A trainer's home: their courses as they stand, what waits for them, and a new course in one press."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from learning.tracking.actions import enrol
from learning.tracking.models import Enrolment
from membership.policy import TRAINERS
from tests.factories.pages import add_course, add_lesson, add_material
from tests.queries import assert_constant_queries
from training_materials import actions
from training_materials.administration import taught
from training_materials.models import CoursePage
from training_materials.registries import teaching

pytestmark = pytest.mark.django_db
HOME = "/quan-tri/"


@pytest.fixture
def shelf(tree, standing):
    actions.set_up_publishing(library=tree.materials, course_index=tree.course_index)
    standing.binh.groups.add(Group.objects.get(name=TRAINERS))
    return tree.course_index


@pytest.fixture
def course(shelf):
    return add_course(shelf, "Nuôi ong")


def begin(shelf, by):
    return actions.begin_course(index=shelf, title="Khóa học mới", by=by, at=timezone.now())


class TestBeginning:
    def test_makes_a_draft_that_holds_lessons_at_once(self, client, shelf, standing):
        client.force_login(standing.binh)
        answer = client.post(reverse("new_course"), follow=True)
        course = CoursePage.objects.get(title="Khóa học mới")
        assert (course.live, course.owner) == (False, standing.binh)
        assert reverse("wagtailadmin_pages:add", args=["training_materials", "lessonpage", course.pk]) in (
            answer.content.decode()
        )

    def test_pressed_again_opens_the_one_that_is_still_empty(self, shelf, standing):
        first = begin(shelf, standing.binh)
        assert begin(shelf, standing.binh) == first
        add_lesson(first, "Tổ ong", is_live=False)
        assert begin(shelf, standing.binh) != first

    def test_is_for_trainers_who_may_write_there(self, client, tree, standing):
        for one in (standing.an, standing.binh):
            with pytest.raises(PermissionDenied):
                begin(tree.course_index, one)
        client.force_login(standing.an)
        assert client.post(reverse("new_course")).status_code == 403

    def test_is_not_done_by_reading(self, client, shelf, standing):
        client.force_login(standing.binh)
        assert client.get(reverse("new_course")).status_code == 405


class TestTaught:
    def test_begins_with_what_the_trainer_wrote_then_with_the_latest(self, shelf, standing):
        own, older, newer = (add_course(shelf, title) for title in ("Của tôi", "Cũ", "Mới"))
        own.save_revision(user=standing.binh)
        newer.save_revision()
        assert [one.course for one in taught.of(standing.binh)] == [own, newer, older]
        assert taught.of(standing.an) == []

    def test_counts_pages_that_learners_do_not_see_as_written(self, course, standing):
        add_lesson(course, "Một")
        add_lesson(course, "Hai", is_live=False)
        changed = add_lesson(course, "Ba")
        changed.save_revision(user=standing.binh)
        [one] = taught.of(standing.binh)
        assert (len(one.steps), one.unpublished, one.is_moderated) == (3, 2, False)
        actions.submit_course(course=course, by=standing.binh)
        assert taught.of(standing.binh)[0].is_moderated

    def test_names_pages_older_than_a_material_that_they_cite(self, tree, course, standing):
        law = add_material(tree.materials, "Kế hoạch 4742")
        body = [("text", f'<p>Theo <a linktype="page" id="{law.pk}">kế hoạch</a></p>')]
        add_lesson(course, "Trích dẫn", body=body)
        assert taught.of(standing.binh)[0].outdated == 0
        law.last_published_at = timezone.now() + datetime.timedelta(days=1)
        law.save()
        assert taught.of(standing.binh)[0].outdated == 1

    def test_counts_learners_that_the_trainer_may_see(self, course, standing):
        add_lesson(course, "Một")
        enrol(person=standing.an.person, course=course, by=standing.an, at=timezone.now())
        assert taught.of(standing.binh)[0].learners == teaching.Learners(1, 0)
        Enrolment.objects.update(completed_at=timezone.now())
        assert taught.of(standing.binh)[0].learners == teaching.Learners(0, 1)


class TestHome:
    def test_shows_the_courses_first_and_a_new_one_in_one_press(self, client, course, standing):
        client.force_login(standing.binh)
        page = client.get(HOME).content.decode()
        assert "Khóa học của tôi" in page
        assert reverse("course_builder", args=[course.pk]) in page
        assert f'action="{reverse("new_course")}"' in page

    def test_is_as_before_for_who_writes_nothing(self, client, tree, standing):
        standing.giang.groups.add(Group.objects.get_or_create(name=TRAINERS)[0])
        client.force_login(standing.giang)
        assert "Khóa học của tôi" not in client.get(HOME).content.decode()

    def test_names_what_waits_and_not_what_does_not(self, monkeypatch, standing):
        sources = [lambda _user, count=count: teaching.Waiting(count, f"{count} câu", "/") for count in (0, 2)]
        monkeypatch.setattr(teaching, "_sources", sources)
        assert [one.words for one in teaching.waiting_for(standing.binh)] == ["2 câu"]

    def test_asks_as_much_however_many_courses_there_are(self, client, course, standing):
        client.force_login(standing.binh)

        def add_rows():
            for title in ("Hai", "Ba", "Bốn"):
                another = add_course(course.get_parent(), title)
                add_lesson(another, f"Bài {title}")
                enrol(person=standing.an.person, course=another, by=standing.an, at=timezone.now())

        add_lesson(course, "Một")
        assert_constant_queries(lambda: client.get(HOME), add_rows)
