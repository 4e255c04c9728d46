from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from assessments import actions
from assessments.models import EarlierResult, ExtraTime, Question
from assessments.sitting.sheet import reviewed
from assessments.tasks import regrade_version
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence
from learning.tracking.actions import enrol
from learning.tracking.models import Enrolment, StepProgress
from membership.actions import accept_consent, merge_people, publish_consent_text, withdraw_consent
from membership.purposes import SERVICE
from tests.assessments.conftest import PLAIN, all_right, save
from tests.factories.evaluation import member_without_account
from tests.factories.pages import add_lesson
from training_materials.outlines import outline

OTHER_KEY = {"options": [{"text": "Đúng nhất", "is_correct": False}, {"text": "Sai", "is_correct": True}]}


@pytest.fixture
def passed(classroom):
    attempt = classroom.begin()
    return actions.finish(attempt=attempt, by=classroom.an, at=timezone.now(), given=all_right(attempt))


def _correct(classroom, body=OTHER_KEY, **values):
    old = Question.objects.get(slug="single-choice").current
    save("single_choice", classroom.topic, classroom.standing.binh, body=body)
    new = Question.objects.get(slug="single-choice").current
    settled = {"reason": "Đáp án ghi nhầm", "by": classroom.standing.binh, "at": timezone.now(), **values}
    return actions.correct_key(version=old, corrected=new, **settled)


def test_a_corrected_key_makes_a_new_result_and_keeps_the_old_readable(classroom, passed):
    _correct(classroom)
    assert actions.regrade(attempt=passed.pk, at=timezone.now())
    passed.refresh_from_db()
    assert passed.points == Decimal(5)
    earlier = EarlierResult.objects.get()
    assert (earlier.points, earlier.is_passed, earlier.reason) == (Decimal(6), True, "Đáp án ghi nhầm")
    standing = Evidence.objects.filter(kind=Kind.QUIZ_PASSED).standing().get()
    assert standing.score == Decimal("0.8333")
    assert standing.supersedes is not None


def test_a_key_corrected_while_consent_was_withdrawn_counts_once_they_agree_again(
    classroom, passed, django_capture_on_commit_callbacks
):
    an, at = classroom.an, timezone.now()
    text = publish_consent_text(version="1", text="Chúng tôi giữ họ tên.", by=None, at=at)
    accept_consent(person=an.person, text=text, by=an, at=at)
    withdraw_consent(person=an.person, purpose=SERVICE, by=an, at=at)
    correction = _correct(classroom)
    regrade_version.call(correction.version_id)
    assert not EarlierResult.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        accept_consent(person=an.person, text=text, by=an, at=timezone.now())
    passed.refresh_from_db()
    assert passed.points == Decimal(5)


def test_of_the_time_granted_to_two_records_of_one_person_the_longer_holds(standing):
    duplicate, into = member_without_account(standing.chapter), standing.an.person
    for person, percent in ((duplicate, 50), (into, 25)):
        ExtraTime.objects.create(person=person, percent=percent, granted_at=timezone.now(), granted_by=standing.binh)
    merge_people(duplicate=duplicate, into=into, by=standing.dung, at=timezone.now())
    assert list(ExtraTime.objects.values_list("person", "percent")) == [(into.pk, 50)]


@pytest.mark.parametrize("has_both_taken_it", [False, True])
def test_after_a_merge_a_later_result_supersedes_what_stands_on_the_other_record(classroom, passed, has_both_taken_it):
    into = member_without_account(classroom.standing.chapter)
    if has_both_taken_it:
        enrol(person=into, course=classroom.course, by=None, at=timezone.now())
    merge_people(duplicate=classroom.an.person, into=into, by=classroom.standing.dung, at=timezone.now())
    _correct(classroom)
    assert actions.regrade(attempt=passed.pk, at=timezone.now())
    standing = Evidence.objects.filter(kind=Kind.QUIZ_PASSED).standing().get()
    assert (standing.person, standing.score) == (into, Decimal("0.8333"))


@pytest.mark.parametrize(
    ("slug", "body", "points"),
    [
        ("ordering", {"items": ["Bước hai", "Bước một", "Bước ba"]}, "5.33"),
        (
            "matching",
            {"pairs": [{"left": "Trái một", "right": "Phải hai"}, {"left": "Trái hai", "right": "Phải một"}]},
            "5",
        ),
    ],
)
def test_lines_and_pairs_put_right_mark_the_answers_given_and_the_page_shows_both(
    classroom, passed, slug, body, points
):
    old = Question.objects.get(slug=slug).current
    save(old.kind, classroom.topic, classroom.standing.binh, body=body)
    new = Question.objects.get(slug=slug).current
    before = reviewed(passed.responses.for_marking(), "full")
    actions.correct_key(version=old, corrected=new, reason="Nhầm thứ tự", by=classroom.standing.binh, at=timezone.now())
    assert actions.regrade(attempt=passed.pk, at=timezone.now())
    assert not actions.regrade(attempt=passed.pk, at=timezone.now())
    passed.refresh_from_db()
    assert passed.points == Decimal(points)
    place = passed.responses.get(version=old).position - 1
    now = reviewed(passed.responses.for_marking(), "full")[place]
    assert now.answer == before[place].answer
    assert now.right_answer == new.parsed.right_answer()


def test_regrading_twice_equals_once(classroom, passed):
    _correct(classroom)
    actions.regrade(attempt=passed.pk, at=timezone.now())
    before = (Evidence.objects.count(), EarlierResult.objects.count())
    assert not actions.regrade(attempt=passed.pk, at=timezone.now())
    assert (Evidence.objects.count(), EarlierResult.objects.count()) == before


def test_a_result_that_falls_below_the_mark_takes_evidence_and_completion_back_and_gives_them_again(classroom):
    classroom.quiz.pass_mark = 95
    classroom.quiz.save_revision().publish()
    attempt = classroom.begin()
    passed = actions.finish(attempt=attempt, by=classroom.an, at=timezone.now(), given=all_right(attempt))
    assert Enrolment.objects.get(pk=classroom.enrolment.pk).completed_at
    _correct(classroom)
    actions.regrade(attempt=passed.pk, at=timezone.now())
    assert not Evidence.objects.standing().exists()
    assert StepProgress.objects.get(step_key=classroom.quiz.translation_key).completed_at is None
    assert Enrolment.objects.get(pk=classroom.enrolment.pk).completed_at is None
    _correct(classroom, body=PLAIN["single_choice"])
    first = Question.objects.get(slug="single-choice").versions.get(number=1)
    assert first.correction.corrected.number == 2
    actions.correct_key(
        version=first, corrected=first.question.versions.get(number=3), reason="Lại như cũ",
        by=classroom.standing.binh, at=timezone.now(),
    )  # fmt: skip
    assert actions.regrade(attempt=passed.pk, at=timezone.now())
    assert Evidence.objects.standing().filter(kind=Kind.QUIZ_PASSED).count() == 1
    assert Evidence.objects.standing().filter(kind=Kind.COURSE_COMPLETED).count() == 1
    assert Enrolment.objects.get(pk=classroom.enrolment.pk).completed_at


def test_a_version_that_shows_something_else_cannot_mark(classroom, passed):
    with pytest.raises(ValidationError):
        _correct(classroom, body={"options": [*OTHER_KEY["options"], {"text": "Thêm", "is_correct": False}]})


def test_who_manages_no_questions_corrects_no_key(classroom):
    with pytest.raises(PermissionDenied):
        _correct(classroom, by=classroom.an)


def test_a_step_added_after_the_course_was_finished_does_not_stop_a_new_result(classroom, passed):
    assert Evidence.objects.filter(kind=Kind.COURSE_COMPLETED).exists()
    added = add_lesson(classroom.course, "Bài thêm sau")
    outline.forget(classroom.course.pk)
    _correct(classroom)
    assert actions.regrade(attempt=passed.pk, at=timezone.now())
    told = Evidence.objects.filter(kind=Kind.COURSE_COMPLETED).standing().get()
    assert told.score == Decimal("0.8333")
    assert str(added.translation_key) not in [step["key"] for step in told.details["steps"]]
