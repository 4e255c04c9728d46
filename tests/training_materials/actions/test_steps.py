"""Steps placed and begun: at once where learners see nothing of it, else with the publishing of the course."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from learning.tracking.actions import complete_step, enrol
from learning.tracking.models import Enrolment, StepProgress
from membership.policy import TRAINERS
from tests.factories.pages import add_course, add_lesson
from training_materials import actions
from training_materials.models import CoursePage, LessonPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(tree, standing):
    actions.set_up_publishing(library=tree.materials, course_index=tree.course_index)
    standing.binh.groups.add(Group.objects.get(name=TRAINERS))
    return tree.course_index


def laid(shelf, *, is_live):
    course = add_course(shelf, "Nuôi ong", is_live=is_live)
    return course, [add_lesson(course, title) for title in ("Một", "Hai", "Ba")]


def titles(course):
    return [page.title for page in CoursePage.objects.get(pk=course.pk).get_children().order_by("path")]


def shown(course):
    return [step.title for step in CoursePage.objects.get(pk=course.pk).outline().steps]


def place(course, step, number, by):
    actions.place_step(course=course, step=step.pk, place=number, by=by, at=timezone.now())


def begin(course, number, by, title="Bài học mới"):
    return actions.begin_step(course=course, kind=LessonPage, title=title, place=number, by=by, at=timezone.now())


class TestPlacing:
    def test_is_done_at_once_in_a_course_that_is_not_open(self, shelf, standing):
        course, (one, _two, three) = laid(shelf, is_live=False)
        place(course, three, 0, standing.binh)
        place(course, one, 2, standing.binh)
        place(course, one, 2, standing.binh)
        assert titles(course) == ["Ba", "Hai", "Một"]
        assert course.revisions.count() == 1

    def test_waits_in_an_open_course_until_that_is_published_and_nobody_loses_anything(
        self, shelf, standing, django_capture_on_commit_callbacks
    ):
        course, (one, two, _three) = laid(shelf, is_live=True)
        learner = {"by": standing.an, "at": timezone.now()}
        enrolment = enrol(person=standing.an.person, course=course, **learner)
        complete_step(enrolment=enrolment, step=one, at=timezone.now())
        before = list(StepProgress.objects.values())
        with django_capture_on_commit_callbacks(execute=True):
            place(course, two, 0, standing.binh)
            place(course, two, 0, standing.binh)
        assert shown(course) == titles(course) == ["Một", "Hai", "Ba"]
        course.refresh_from_db()
        assert (course.has_unpublished_changes, course.revisions.count()) == (True, 2)
        with django_capture_on_commit_callbacks(execute=True):
            course.get_latest_revision().publish()
        assert shown(course) == titles(course) == ["Hai", "Một", "Ba"]
        assert list(StepProgress.objects.values()) == before

    def test_put_back_leaves_nothing_that_waits(self, shelf, standing):
        course, (_one, two, _three) = laid(shelf, is_live=True)
        place(course, two, 0, standing.binh)
        place(course, two, 1, standing.binh)
        course.refresh_from_db()
        course.get_latest_revision().publish()
        assert titles(course) == ["Một", "Hai", "Ba"]

    def test_once_carried_out_is_not_carried_out_again(self, shelf, standing):
        course, (one, two, _three) = laid(shelf, is_live=True)
        place(course, two, 0, standing.binh)
        course.refresh_from_db()
        course.get_latest_revision().publish()
        one.refresh_from_db()
        two.refresh_from_db()
        two.move(course, pos="last-child")
        course.refresh_from_db()
        course.get_latest_revision_as_object().save_revision().publish()
        assert titles(course) == ["Một", "Ba", "Hai"]

    def test_once_carried_out_is_forgotten_though_steps_are_moved_back_exactly(self, shelf, standing):
        course, (one, two, _three) = laid(shelf, is_live=True)
        place(course, two, 0, standing.binh)
        course.refresh_from_db()
        course.get_latest_revision().publish()
        two.refresh_from_db()
        two.move(LessonPage.objects.get(pk=one.pk), pos="right")
        assert titles(course) == ["Một", "Hai", "Ba"]
        course.refresh_from_db()
        course.get_latest_revision_as_object().save_revision().publish()
        assert titles(course) == ["Một", "Hai", "Ba"]

    def test_is_for_trainers_who_may_change_the_course_while_it_is_theirs(self, shelf, standing):
        course, (one, *_others) = laid(shelf, is_live=True)
        for by in (standing.an, standing.giang):
            with pytest.raises(PermissionDenied):
                place(course, one, 1, by)
        add_lesson(course, "Bốn", is_live=False)
        actions.submit_course(course=course, by=standing.binh)
        with pytest.raises(PermissionDenied):
            place(course, one, 1, standing.binh)

    def test_knows_only_steps_of_the_course(self, shelf, standing):
        course, _steps = laid(shelf, is_live=True)
        with pytest.raises(LookupError):
            place(course, shelf, 0, standing.binh)


class TestBeginning:
    def test_puts_a_draft_at_its_place_which_learners_do_not_see(self, shelf, standing):
        course, _steps = laid(shelf, is_live=True)
        step = begin(course, 1, standing.binh)
        assert titles(course) == ["Một", "Bài học mới", "Hai", "Ba"]
        assert (step.live, step.owner, shown(course)) == (False, standing.binh, ["Một", "Hai", "Ba"])
        course.refresh_from_db()
        assert not course.has_unpublished_changes

    def test_again_is_the_same_until_something_is_written(self, shelf, standing):
        course, _steps = laid(shelf, is_live=False)
        step = begin(course, 0, standing.binh)
        assert begin(course, 3, standing.binh) == step
        assert titles(course)[-1] == "Bài học mới"
        step.save_revision(user=standing.binh, clean=False)
        assert begin(course, 0, standing.binh) != step

    def test_is_for_trainers(self, shelf, standing):
        course, _steps = laid(shelf, is_live=False)
        with pytest.raises(PermissionDenied):
            begin(course, 0, standing.an)


class TestCopying:
    def copied(self, course, step, by):
        return actions.copy_step(course=course, step=step.pk, title="Bản sao", by=by, at=timezone.now())

    def test_puts_a_draft_with_what_was_written_last_right_after_the_step(self, shelf, standing):
        course, (one, *_others) = laid(shelf, is_live=True)
        one.summary = "Mới viết"
        one.save_revision()
        copy = self.copied(course, one, standing.binh)
        assert self.copied(course, one, standing.binh).pk == copy.pk
        assert titles(course) == ["Một", "Bản sao", "Hai", "Ba"]
        newest = copy.specific.get_latest_revision_as_object()
        assert (newest.summary, copy.live, shown(course)) == ("Mới viết", False, ["Một", "Hai", "Ba"])
        assert newest.translation_key != one.translation_key

    def test_takes_a_whole_course_with_its_order_and_nobody_in_it(self, shelf, standing):
        course, (_one, two, _three) = laid(shelf, is_live=True)
        enrol(person=standing.an.person, course=course, by=standing.an, at=timezone.now())
        place(course, two, 0, standing.binh)
        copy = actions.copy_course(course=course, title="Bản sao", by=standing.binh)
        assert actions.copy_course(course=course, title="Bản sao", by=standing.binh).pk == copy.pk
        assert (titles(copy), copy.live, copy.get_children().live().count()) == (["Một", "Hai", "Ba"], False, 0)
        assert not Enrolment.objects.filter(course_key=copy.translation_key).exists()
        place(copy, copy.get_children().last(), 0, standing.binh)
        assert titles(copy) == ["Ba", "Một", "Hai"]

    def test_is_for_trainers_who_may_change_the_course(self, shelf, standing):
        course, (one, *_others) = laid(shelf, is_live=True)
        with pytest.raises(PermissionDenied):
            self.copied(course, one, standing.giang)
        with pytest.raises(PermissionDenied):
            actions.copy_course(course=course, title="Bản sao", by=standing.an)
        with pytest.raises(LookupError):
            self.copied(course, shelf, standing.binh)
