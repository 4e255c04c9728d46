import unicodedata

import pytest

from config import page_cache
from tests.factories.pages import add_course, add_lesson, add_material
from training_materials.models import Audience, CoursePage, LessonPage, Topic


def test_titles_summaries_and_bodies_are_stored_composed(tree):
    page = add_material(
        tree.materials,
        unicodedata.normalize("NFD", "Học tập"),
        summary=unicodedata.normalize("NFD", "Tóm tắt"),
        text=unicodedata.normalize("NFD", "Đường đi"),
    )
    page.refresh_from_db()
    assert page.title == "Học tập"
    assert page.summary == "Tóm tắt"
    assert page.body[0].value.source == "<p>Đường đi</p>"


def test_every_block_is_part_of_the_searched_text(tree):
    body = [
        ("heading", "Đề mục"),
        ("callout", {"kind": "law", "title": "Luật nói gì", "text": "<p>Điều <b>năm</b></p>"}),
        (
            "self_check",
            {
                "question": "Câu hỏi nào",
                "options": [{"text": "Lựa chọn", "is_correct": True}, {"text": "Khác", "is_correct": False}],
                "explanation": "Giải thích",
            },
        ),
    ]
    page = add_material(tree.materials, "Tài liệu mẫu", body=body)
    for words in ("Đề mục", "Luật nói gì", "Điều năm", "Câu hỏi nào", "Lựa chọn", "Giải thích"):
        assert words in page.searched_text()
    assert "law" not in page.searched_text()


def test_a_closed_lesson_keeps_its_body_out_of_the_searched_text(tree):
    course = add_course(tree.course_index, "Khóa")
    closed = add_lesson(course, "Bài đóng", text="bí mật")
    opened = add_lesson(course, "Bài mở", text="công khai", is_open=True)
    assert closed.searched_text() == ""
    assert "công khai" in opened.searched_text()


def test_a_lesson_that_is_open_can_be_read_by_all(tree, client):
    course = add_course(tree.course_index, "Khóa")
    lesson = add_lesson(course, "Bài mở", is_open=True, text="Đọc được")
    following = add_lesson(course, "Bài sau")
    response = client.get(lesson.url)
    assert "Đọc được" in response.content.decode()
    assert following.url in response.content.decode()


def test_a_closed_lesson_asks_to_sign_in_and_hides_its_body(tree, client):
    course = add_course(tree.course_index, "Khóa")
    lesson = add_lesson(course, "Bài đóng", text="bí mật")
    response = client.get(lesson.url)
    assert response.status_code == 200
    assert "training_materials/step_closed.html" in [template.name for template in response.templates]
    assert "bí mật" not in response.content.decode()
    assert f"next={lesson.url}" in response.content.decode()


def test_a_member_who_opens_a_lesson_lands_in_the_player(tree, client, standing):
    course = add_course(tree.course_index, "Khóa")
    lesson = add_lesson(course, "Bài mở", is_open=True)
    client.force_login(standing.an)
    response = client.get(lesson.url)
    assert response.status_code == 302
    assert response.headers["Location"] == f"/hoc-tap/{course.slug}/{lesson.slug}/"


def test_a_lesson_of_an_unpublished_course_is_not_shown(tree, client):
    course = add_course(tree.course_index, "Khóa")
    lesson = add_lesson(course, "Bài mở", is_open=True)
    course.unpublish()
    assert client.get(lesson.url).status_code == 404


def test_steps_are_the_live_ones_in_order_and_as_their_own_kind(tree):
    course = add_course(tree.course_index, "Khóa")
    first = add_lesson(course, "Một")
    add_lesson(course, "Nháp", is_live=False)
    second = add_lesson(course, "Hai")
    assert course.steps() == [first, second]
    assert all(isinstance(step, LessonPage) for step in course.steps())


def test_steps_take_a_fixed_number_of_queries(tree, django_assert_num_queries):
    course = add_course(tree.course_index, "Khóa")
    for number in range(7):
        add_lesson(course, f"Bài {number}")
    course = CoursePage.objects.get(pk=course.pk)
    with django_assert_num_queries(2):
        assert len(course.steps()) == 7


@pytest.mark.parametrize("audience", Audience.values)
def test_pages_are_shown_for_every_audience(tree, client, audience):
    course = add_course(tree.course_index, "Khóa", audience=audience)
    assert client.get(course.url).status_code == 200


def test_the_body_is_drawn_once_for_each_revision(tree, client):
    page = add_material(tree.materials, "Tài liệu", text="Bản một")
    client.get(page.url)
    page.body = [("text", "<p>Bản hai</p>")]
    page.save_revision().publish()
    page_cache.clear()
    assert "Bản hai" in client.get(page.url, {"moi": 1}).content.decode()


def test_a_material_shows_reference_topics_and_what_is_related(tree, client):
    topic = Topic.objects.create(name="Pháp luật", slug="phap-luat")
    page = add_material(
        tree.materials,
        "Kế hoạch",
        topics=[topic],
        document_number="4742/KH-UBND",
        issuing_body="Ủy ban nhân dân tỉnh",
        issued_on="2022-07-20",
    )
    other = add_material(tree.materials, "Cùng chủ đề", topics=[topic])
    add_material(tree.materials, "Khác hẳn")
    content = client.get(page.url).content.decode()
    assert "4742/KH-UBND" in content
    assert "20/07/2022" in content
    assert other.url in content
    assert "Khác hẳn" not in content
