"""Questions of practice are found by who has an account; the key is in nothing that the search keeps."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail.models import PageViewRestriction

from assessments.actions import retire_question
from assessments.models import QuizPage
from search.contract import KIND, QUESTION, Viewer
from search.engines.chosen import engine
from search.models import SearchDocument
from search.queries.needs import viewer_of
from search.queries.pages import suggestions
from tests.assessments.conftest import EVERY_KIND, FEEDBACK, add_quiz, save
from tests.factories.pages import add_course
from tests.laid import laid_once
from tests.search.asking import found, index_now, titles
from training_materials.models import Topic

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
MEMBER = Viewer(is_signed_in=True)
KEYS = ("Bí mật của đáp án", "Hà Nội bí mật", "Ba ý bí mật", "12.5", FEEDBACK)


@pytest.fixture
@laid_once
def topic(db) -> Topic:
    return Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so")


@pytest.fixture
@laid_once
def practice(tree, topic, standing) -> QuizPage:
    """Draws from the topic's questions, one of each kind."""
    for kind in EVERY_KIND:
        save(kind, topic, standing.binh, prompt=f"Thử sức {kind}?")
    course = add_course(tree.course_index, "Khóa học")
    return add_quiz(course, "Luyện tập", [(topic, 3)], purpose="practice", is_required=False)


def questions():
    return SearchDocument.objects.filter(kind=QUESTION)


def test_a_question_leads_members_to_its_practice(practice, standing, engine_in_use):
    index_now()
    assert questions().count() == len(EVERY_KIND)
    response = found("nên hai", viewer=viewer_of(standing.an, TODAY))
    assert [hit.url for hit in response.hits] == [practice.get_url()]
    assert response.facets[KIND] == {QUESTION: 1}


def test_who_has_no_account_finds_none(practice, engine_in_use):
    index_now()
    assert found("thử sức", viewer=viewer_of(AnonymousUser(), TODAY)).total == 0
    assert not engine().vocabulary().knows("suc")


def test_the_key_is_in_no_document_extract_or_suggestion(practice, engine_in_use):
    index_now()
    kept = "\n".join(str(row) for row in questions().values_list("title", "summary", "body", "beside", "files"))
    assert "Nên hai" in kept
    for key in KEYS:
        assert key not in kept
        assert titles(found(key, viewer=MEMBER)) == []
        assert not suggestions(key, MEMBER)


def test_what_is_offered_stands_in_no_telling_order(practice):
    index_now()
    body = questions().get(title="Thử sức ordering?").body
    assert body.splitlines() == ["Bước ba", "Bước hai", "Bước một"]


def test_questions_come_after_what_says_the_same_and_are_not_suggested(practice, tree, engine_in_use):
    add_course(tree.course_index, "Thử sức với máy tính")
    index_now()
    assert titles(found("thử sức", viewer=MEMBER))[0] == "Thử sức với máy tính"
    assert [one.title for one in suggestions("thử sức", MEMBER)] == ["Thử sức với máy tính"]


def test_only_practice_that_is_published_and_open_brings_its_questions(practice):
    index_now()
    practice.purpose = QuizPage.Purpose.GRADED
    practice.save_revision().publish()
    index_now()
    assert not questions().exists()
    practice.purpose = QuizPage.Purpose.PRACTICE
    practice.save_revision().publish()
    index_now()
    assert questions().exists()
    practice.unpublish()
    index_now()
    assert not questions().exists()


def test_deleted_practice_takes_its_questions_along(practice):
    index_now()
    practice.delete()
    index_now()
    assert not questions().exists()


def test_practice_that_is_moved_takes_its_questions_along(practice, tree):
    other = add_course(tree.course_index, "Khóa khác")
    index_now()
    practice.refresh_from_db()
    practice.move(other, pos="last-child")
    index_now()
    practice.refresh_from_db()
    assert set(questions().values_list("url", "path")) == {(practice.get_url(), practice.path)}


def test_practice_behind_a_password_closes_its_questions_too(practice):
    index_now()
    PageViewRestriction.objects.create(page=practice.get_parent(), restriction_type="password", password="x")
    index_now()
    assert not questions().exists()


def test_a_new_version_takes_the_place_of_the_old_one(practice, topic, standing):
    index_now()
    question = save("true_false", topic, standing.binh, prompt="Mật mã có cần dài không?")
    index_now()
    assert found("thử", viewer=MEMBER).total == len(EVERY_KIND) - 1
    assert titles(found("mật mã", viewer=MEMBER)) == ["Mật mã có cần dài không?"]
    retire_question(question=question, by=standing.binh, at=timezone.now())
    index_now()
    assert found("mật mã", viewer=MEMBER).total == 0
