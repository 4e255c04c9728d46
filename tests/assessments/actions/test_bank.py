import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from assessments import actions
from assessments.models import Question, QuestionVersion, Response
from tests.assessments.conftest import PLAIN, save
from training_materials.models import Topic


def test_saving_makes_a_question_with_its_first_version_and_one_log_entry(standing, topic):
    question = save("single_choice", topic, standing.binh, slug="cau-1", prompt="  Tải ứng dụng ở đâu?  ")
    assert (question.current.number, question.current.prompt) == (1, "Tải ứng dụng ở đâu?")
    assert question.current.created_by == standing.binh
    entry = ModelLogEntry.objects.get(action="assessments.save_question")
    assert (entry.user, entry.label) == (standing.binh, "cau-1")


def test_saving_the_same_again_changes_nothing(standing, topic):
    save("matching", topic, standing.binh)
    question = save("matching", topic, standing.binh)
    assert question.versions.count() == 1
    assert ModelLogEntry.objects.filter(action="assessments.save_question").count() == 1


def test_a_change_makes_a_new_version_and_keeps_the_old(standing, topic):
    first = save("true_false", topic, standing.binh).current
    second = save("true_false", topic, standing.binh, body={"answer": False}).current
    first.refresh_from_db()
    assert (second.number, second.body, first.body) == (2, {"answer": False}, {"answer": True})


def test_topic_and_difficulty_move_without_a_new_version(standing, topic):
    other = Topic.objects.create(name="An toàn số", slug="an-toan-so")
    save("true_false", topic, standing.binh)
    question = save("true_false", other, standing.binh, difficulty="hard")
    assert (question.topic, question.difficulty, question.versions.count()) == (other, "hard", 1)


def test_only_who_manages_questions_may_save_retire_restore_or_delete(standing, topic):
    question = save("true_false", topic, standing.binh)
    at = timezone.now()
    with pytest.raises(PermissionDenied):
        save("true_false", topic, standing.an)
    for action in (actions.retire_question, actions.restore_question, actions.delete_question):
        with pytest.raises(PermissionDenied):
            action(question=question, by=standing.dung, at=at)


@pytest.mark.parametrize("values", [{"prompt": " "}, {"body": {"options": []}}])
def test_a_broken_question_is_refused_whole(standing, topic, values):
    with pytest.raises(ValidationError):
        save("single_choice", topic, standing.binh, **values)
    assert not Question.objects.exists()


def test_retiring_and_restoring_twice_is_once(standing, topic):
    question, at = save("true_false", topic, standing.binh), timezone.now()
    for _ in range(2):
        retired = actions.retire_question(question=question, by=standing.binh, at=at)
    assert retired.retired_at == at
    assert not Question.objects.in_use().exists()
    for _ in range(2):
        restored = actions.restore_question(question=question, by=standing.binh, at=at)
    assert restored.retired_at is None
    logged = ModelLogEntry.objects.filter(action__in=["assessments.retire_question", "assessments.restore_question"])
    assert logged.count() == 2


def test_a_question_that_a_published_quiz_needs_is_not_retired_moved_or_deleted(classroom):
    question, binh = Question.objects.get(slug="true-false"), classroom.standing.binh
    other = Topic.objects.create(name="An toàn số", slug="an-toan-so")
    with pytest.raises(ValidationError, match="Bài kiểm tra"):
        actions.retire_question(question=question, by=binh, at=timezone.now())
    with pytest.raises(ValidationError, match="Bài kiểm tra"):
        save("true_false", other, binh)
    with pytest.raises(ValidationError, match="Bài kiểm tra"):
        actions.delete_question(question=question, by=binh, at=timezone.now())


def test_an_unasked_question_is_deleted_with_its_versions_once_and_for_all(standing, topic):
    question, at = save("true_false", topic, standing.binh), timezone.now()
    for _ in range(2):
        actions.delete_question(question=question, by=standing.binh, at=at)
    assert not Question.objects.exists()
    assert not QuestionVersion.objects.exists()
    assert ModelLogEntry.objects.filter(action="assessments.delete_question").count() == 1


def test_an_asked_question_is_never_deleted(classroom):
    classroom.begin()
    spare = save("true_false", classroom.topic, classroom.standing.binh, slug="them-mot-cau")
    asked = Question.objects.get(slug="ordering")
    with pytest.raises(ValidationError):
        actions.delete_question(question=asked, by=classroom.standing.binh, at=timezone.now())
    assert Response.objects.filter(version__question=asked).exists()
    actions.delete_question(question=spare, by=classroom.standing.binh, at=timezone.now())


def test_an_attempt_keeps_the_version_it_asked(classroom):
    attempt = classroom.begin()
    save("true_false", classroom.topic, classroom.standing.binh, prompt="Câu đã sửa", body={"answer": False})
    asked = attempt.responses.get(version__question__slug="true-false").version
    assert (asked.number, asked.body) == (1, PLAIN["true_false"])


def test_the_bank_is_searched_without_accents(standing, topic):
    save("true_false", topic, standing.binh, prompt="Đường dẫn lạ có an toàn không?")
    assert Question.objects.matching("duong DAN an toan").count() == 1
    assert Question.objects.matching("đường dẫn cầu").count() == 0


def test_a_draft_may_be_unfinished_is_never_drawn_and_becomes_a_version_when_saved(topic, standing):
    values = {"slug": "nhap", "topic": topic, "kind": "single_choice", "prompt": "Nháp?", "feedback": ""}
    values |= {"difficulty": "easy", "by": standing.binh, "at": timezone.now()}
    draft = actions.save_draft(body={"options": []}, **values)
    assert actions.save_draft(body={"options": []}, **values) == draft
    assert not Question.objects.in_use().exists()
    actions.save_question(body=PLAIN["single_choice"], audience="workers", **values)
    draft.refresh_from_db()
    assert (draft.draft, draft.current.number, draft.audience) == (None, 1, "workers")


def test_a_draft_beside_a_question_in_use_changes_nothing_that_is_asked(topic, standing):
    question = save("true_false", topic, standing.binh)
    other = Topic.objects.create(name="Khác", slug="khac")
    actions.save_draft(
        slug=question.slug, topic=other, kind="true_false", prompt="Sửa dở", body={}, feedback="",
        difficulty="hard", by=standing.binh, at=timezone.now(),
    )  # fmt: skip
    question.refresh_from_db()
    assert (question.topic, question.difficulty, question.current.number) == (topic, "easy", 1)
    assert question.draft["prompt"] == "Sửa dở"


def test_who_is_no_trainer_writes_no_draft(topic, standing):
    with pytest.raises(PermissionDenied):
        actions.save_draft(
            slug="x", topic=topic, kind="true_false", prompt="?", body={}, feedback="", difficulty="easy",
            by=standing.an, at=timezone.now(),
        )  # fmt: skip
