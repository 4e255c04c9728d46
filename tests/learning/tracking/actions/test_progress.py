import datetime
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from assessments.models import QuizPage
from learning.evidence.kinds import Kind
from learning.evidence.models import EnteredBy, Evidence, Source, Verification
from learning.tracking.actions import (
    CourseClosedError,
    PrerequisitesUnmetError,
    StepRefusedError,
    complete_step,
    enrol,
    move_enrolments,
    revise_step,
    visit,
)
from learning.tracking.models import Enrolment, StepProgress
from learning.tracking.tasks import settle_course
from membership.actions import accept_consent, merge_people, publish_consent_text, withdraw_consent
from membership.purposes import SERVICE
from tests.factories.evidence import NOW
from tests.factories.pages import add_course, add_lesson, publish
from tests.factories.people import PersonFactory

LATER = NOW + datetime.timedelta(hours=1)


@pytest.fixture
def enrolment(an, school):
    return enrol(person=an.person, course=school.course, by=an, at=NOW)


def finish_all(enrolment, school, at=NOW):
    complete_step(enrolment=enrolment, step=school.first, at=at)
    complete_step(enrolment=enrolment, step=school.second, at=at)


class TestEnrol:
    def test_copies_what_the_page_may_lose(self, an, school, enrolment):
        assert (enrolment.course, enrolment.course_title) == (school.course, "Kỹ năng số cơ bản")
        assert enrolment.course_key == school.course.translation_key

    def test_twice_is_once(self, an, school, enrolment):
        assert enrol(person=an.person, course=school.course, by=an, at=LATER) == enrolment
        assert Enrolment.objects.get().enrolled_at == NOW

    def test_nobody_enrols_another(self, standing, school):
        with pytest.raises(PermissionDenied):
            enrol(person=standing.an.person, course=school.course, by=standing.dung, at=NOW)

    def test_unpublished_course_takes_nobody_new(self, an, school):
        school.course.unpublish()
        with pytest.raises(CourseClosedError):
            enrol(person=an.person, course=school.course, by=an, at=NOW)

    def test_prerequisites_come_first_and_are_named(self, an, school, enrolment):
        advanced = add_course(school.index, "Nâng cao")
        advanced.prerequisites = [school.course]
        advanced.save()

        with pytest.raises(PrerequisitesUnmetError) as refused:
            enrol(person=an.person, course=advanced, by=an, at=NOW)
        assert refused.value.courses == [school.course]

        finish_all(enrolment, school)
        assert enrol(person=an.person, course=advanced, by=an, at=NOW)

    def test_a_prerequisite_that_is_no_longer_open_does_not_bar_the_way(self, an, school):
        advanced = add_course(school.index, "Nâng cao")
        advanced.prerequisites = [school.course]
        advanced.save()
        school.course.unpublish()

        assert enrol(person=an.person, course=advanced, by=an, at=NOW)


class TestVisit:
    def test_notes_the_latest_moment_only(self, school, enrolment):
        visit(enrolment=enrolment, step=school.first, at=LATER)
        progress = visit(enrolment=enrolment, step=school.first, at=NOW)

        assert (progress.visited_at, progress.started_at, progress.completed_at) == (LATER, LATER, None)
        assert StepProgress.objects.count() == 1

    def test_step_of_another_course_is_refused(self, school, enrolment):
        elsewhere = add_lesson(add_course(school.index, "Khác"), "Bài khác")
        with pytest.raises(StepRefusedError):
            visit(enrolment=enrolment, step=elsewhere, at=NOW)


class TestCompleteStep:
    def test_keeps_the_revision_and_the_first_moment(self, school, enrolment):
        complete_step(enrolment=enrolment, step=school.first, at=NOW)
        revision = school.first.live_revision_id
        school.first.save_revision().publish()
        school.first.refresh_from_db()

        complete_step(enrolment=enrolment, step=school.first, at=LATER)

        progress = StepProgress.objects.get()
        assert (progress.completed_at, progress.revision) == (NOW, revision)
        assert progress.visited_at == LATER

    def test_step_that_was_begun_is_completed_where_it_stands(self, school, enrolment):
        begun = visit(enrolment=enrolment, step=school.first, at=LATER)

        complete_step(enrolment=enrolment, step=school.first, at=NOW, score=Decimal("0.7"))

        progress = StepProgress.objects.get()
        assert (progress.pk, progress.started_at, progress.completed_at) == (begun.pk, LATER, NOW)
        assert (progress.revision, progress.score) == (school.first.live_revision_id, Decimal("0.7"))
        assert progress.visited_at == LATER

    def test_keeps_the_best_score(self, school, enrolment):
        for score in ("0.5", "0.9", "0.7"):
            complete_step(enrolment=enrolment, step=school.first, at=NOW, score=Decimal(score))
        assert StepProgress.objects.get().score == Decimal("0.9")

    def test_step_of_another_course_is_refused(self, school, enrolment):
        elsewhere = add_lesson(add_course(school.index, "Khác"), "Bài khác")
        with pytest.raises(StepRefusedError):
            complete_step(enrolment=enrolment, step=elsewhere, at=NOW)

    def test_last_required_step_finishes_the_course_and_makes_evidence(self, an, school, enrolment):
        complete_step(enrolment=enrolment, step=school.first, at=NOW)
        assert not Evidence.objects.exists()

        complete_step(enrolment=enrolment, step=school.second, at=LATER, score=Decimal("0.9"))

        enrolment.refresh_from_db()
        assert enrolment.completed_at == LATER
        assert enrolment.course_revision == school.course.live_revision_id
        evidence = Evidence.objects.get()
        assert (evidence.person, evidence.kind, evidence.title) == (
            an.person,
            Kind.COURSE_COMPLETED,
            school.course.title,
        )
        assert evidence.source_key == f"course:{school.course.translation_key}:{an.person_id}"
        assert (evidence.page_key, evidence.page_revision) == (
            school.course.translation_key,
            school.course.live_revision_id,
        )
        assert evidence.topics == ["ky-nang-so-thu"]
        assert evidence.score == Decimal("0.9")
        assert (evidence.source, evidence.entered_by) == (Source.SYSTEM, EnteredBy.OWN_ACCOUNT)
        assert [step["title"] for step in evidence.details["steps"]] == ["Mật khẩu mạnh", "Gửi thư điện tử"]

    def test_course_of_lessons_alone_claims_no_marking(self, school, enrolment):
        finish_all(enrolment, school)
        assert Evidence.objects.get().verification == Verification.NONE
        assert Evidence.objects.get().score is None

    def test_course_with_a_step_marked_here_says_so(self, school, enrolment, monkeypatch):
        monkeypatch.setattr(type(school.first), "is_server_marked", True)
        complete_step(enrolment=enrolment, step=school.first, at=NOW, score=Decimal(1))
        complete_step(enrolment=enrolment, step=school.second, at=NOW, score=Decimal(1))
        assert Evidence.objects.get().verification == Verification.SERVER_MARKED

    def test_finishing_everything_twice_makes_one_piece_of_evidence(self, school, enrolment):
        finish_all(enrolment, school)
        finish_all(enrolment, school, at=LATER)

        enrolment.refresh_from_db()
        assert enrolment.completed_at == NOW
        assert Evidence.objects.count() == 1

    def test_step_added_later_takes_no_completion_away(self, school, enrolment):
        finish_all(enrolment, school)
        added = add_lesson(school.course, "Bài mới")

        complete_step(enrolment=enrolment, step=added, at=LATER)

        enrolment.refresh_from_db()
        assert enrolment.completed_at == NOW
        assert Evidence.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_last_steps_at_once_finish_the_course_once(an, school):
    enrolment = enrol(person=an.person, course=school.course, by=an, at=NOW)
    barrier, errors = threading.Barrier(2), []

    def finish(step):
        try:
            barrier.wait()
            complete_step(enrolment=Enrolment.objects.get(), step=step, at=NOW)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=finish, args=[step]) for step in (school.first, school.second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    enrolment.refresh_from_db()
    assert errors == []
    assert enrolment.completed_at == NOW
    assert Evidence.objects.count() == 1


class TestPagesThatGo:
    def test_deleting_the_course_takes_nothing_away(self, school, enrolment):
        finish_all(enrolment, school)
        school.course.delete()

        enrolment.refresh_from_db()
        assert (enrolment.course, enrolment.course_title) == (None, "Kỹ năng số cơ bản")
        assert StepProgress.objects.filter(step=None, revision__isnull=False).count() == 2
        assert Evidence.objects.count() == 1

    def test_withdrawn_step_that_was_the_last_open_one_finishes_the_course(
        self, school, enrolment, django_capture_on_commit_callbacks
    ):
        complete_step(enrolment=enrolment, step=school.first, at=NOW)

        with django_capture_on_commit_callbacks(execute=True):
            school.second.unpublish()

        enrolment.refresh_from_db()
        assert enrolment.completed_at is not None
        assert Evidence.objects.count() == 1

    def test_settling_twice_finds_none(self, school, enrolment):
        complete_step(enrolment=enrolment, step=school.first, at=NOW)
        school.second.unpublish()

        assert settle_course.call(school.course.path) == 1
        assert settle_course.call(school.course.path) == 0

    def test_of_who_withdrew_nothing_is_finished_before_they_agree_again_and_nobody_else_waits_for_them(
        self, an, standing, school, enrolment, django_capture_on_commit_callbacks
    ):
        others = enrol(person=standing.chi.person, course=school.course, by=standing.chi, at=LATER)
        for one in (enrolment, others):
            complete_step(enrolment=one, step=school.first, at=NOW)
        text = publish_consent_text(version="1", text="Chúng tôi giữ họ tên.", by=None, at=NOW)
        accept_consent(person=an.person, text=text, by=an, at=NOW)
        withdraw_consent(person=an.person, purpose=SERVICE, by=an, at=NOW)
        with django_capture_on_commit_callbacks(execute=True):
            school.second.unpublish()
        finished = Enrolment.objects.exclude(completed_at=None)
        assert list(finished) == [others]
        with django_capture_on_commit_callbacks(execute=True):
            accept_consent(person=an.person, text=text, by=an, at=LATER)
        assert list(finished.all().order_by("pk")) == [enrolment, others]
        assert Evidence.objects.count() == 2

    def test_who_began_nothing_finishes_nothing(self, school, enrolment):
        school.first.unpublish()
        school.second.unpublish()
        school.extra.unpublish()
        assert settle_course.call(school.course.path) == 0


class TestMerging:
    def test_courses_of_the_duplicate_go_to_who_stays(self, standing, school):
        duplicate = PersonFactory()
        moved = enrol(person=duplicate, course=school.course, by=None, at=NOW)
        finish_all(moved, school)

        merge_into(standing, duplicate)

        moved.refresh_from_db()
        assert moved.person == standing.an.person
        assert Evidence.objects.standing().get().person == standing.an.person

    def test_course_that_both_took_stays_where_it_is(self, standing, school, enrolment):
        duplicate = PersonFactory()
        both = enrol(person=duplicate, course=school.course, by=None, at=NOW)

        merge_into(standing, duplicate)

        both.refresh_from_db()
        assert both.person == duplicate
        assert Enrolment.objects.count() == 2

    def test_who_finishes_a_course_that_the_other_record_had_finished_has_finished_it_once(
        self, standing, school, enrolment
    ):
        duplicate = PersonFactory()
        finish_all(enrol(person=duplicate, course=school.course, by=None, at=NOW), school)
        merge_into(standing, duplicate)
        finish_all(enrolment, school)
        enrolment.refresh_from_db()
        assert enrolment.completed_at is not None
        told = Evidence.objects.filter(page_key=school.course.translation_key).standing()
        assert [evidence.person for evidence in told] == [standing.an.person]

    @pytest.mark.parametrize("is_merged_first", [True, False])
    def test_a_completion_that_is_taken_back_leaves_the_one_of_the_other_record(
        self, standing, school, enrolment, is_merged_first
    ):
        duplicate = PersonFactory()
        other = enrol(person=duplicate, course=school.course, by=None, at=NOW)
        told = other if is_merged_first else enrolment  # a merge keeps that of who stays
        finish_all(other, school)
        if is_merged_first:
            merge_into(standing, duplicate)
        finish_all(enrolment, school)
        if not is_merged_first:
            merge_into(standing, duplicate)

        told = Enrolment.objects.get(pk=told.pk)
        revise_step(enrolment=told, step=school.second, score=None, at=LATER, reason="Chấm lại")

        assert Evidence.objects.standing().get().person == standing.an.person

    def test_of_two_completions_the_one_beyond_doubt_counts(self, standing, school, enrolment):
        quiz = publish(school.course, QuizPage(title="Bài kiểm tra", slug="bai-kiem-tra", pass_mark=50))
        duplicate = PersonFactory()
        doubted = enrol(person=duplicate, course=school.course, by=None, at=NOW)
        complete_step(enrolment=doubted, step=quiz, at=NOW, score=Decimal("0.9"), is_doubted=True)
        finish_all(doubted, school)
        merge_into(standing, duplicate)
        complete_step(enrolment=enrolment, step=quiz, at=NOW, score=Decimal("0.8"))
        finish_all(enrolment, school)
        assert Evidence.objects.standing().get().verification == Verification.SERVER_MARKED

    def test_run_twice_changes_nothing(self, standing, school):
        duplicate = PersonFactory()
        enrol(person=duplicate, course=school.course, by=None, at=NOW)
        for _time in range(2):
            move_enrolments(duplicate=duplicate, into=standing.an.person, by=standing.dung, at=NOW)
        assert Enrolment.objects.get().person == standing.an.person


def merge_into(standing, duplicate):
    """The duplicate was entered in the same chapter."""
    standing.chapter.memberships.create(person=duplicate, role="member", valid_from=datetime.date(2025, 7, 1))
    merge_people(duplicate=duplicate, into=standing.an.person, by=standing.dung, at=NOW)
