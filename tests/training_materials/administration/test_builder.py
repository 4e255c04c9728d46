"""A course on one page: how its steps stand, what is missing, another one at its place, up and down by forms."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from interface import illustrations
from membership.policy import TRAINERS
from tests.factories.pages import add_course, add_lesson
from tests.queries import assert_constant_queries
from training_materials.actions import set_up_publishing
from training_materials.models import CoursePage, LessonPage
from training_materials.registries import indicators

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(tree, standing, client):
    set_up_publishing(library=tree.materials, course_index=tree.course_index)
    standing.binh.groups.add(Group.objects.get(name=TRAINERS))
    client.force_login(standing.binh)
    return add_course(tree.course_index, "Nuôi ong")


def built(client, course):
    return client.get(reverse("course_builder", args=[course.pk])).content.decode()


def test_shows_the_steps_with_their_state_and_a_hint_where_captions_are_missing(client, course, standing):
    add_lesson(course, "Đang mở")
    add_lesson(course, "Nháp", is_live=False, body=[("video", {"title": "Ong", "transcript": "<p>Ong bay</p>"})])
    changed = add_lesson(course, "Sửa")
    changed.save_revision(user=standing.binh)
    page = built(client, course)
    states = ("Đang mở cho người học", "Bản nháp, chưa mở", "Đang mở; có thay đổi")
    places = [page.index(state) for state in states]
    assert places == sorted(places)
    assert page.count("Trong đó có video chưa có phụ đề.") == 1


def test_names_what_the_course_lacks(client, course, monkeypatch):
    hints = ("Chưa có ảnh bìa", "Chưa nói học xong làm được gì", "Chưa phục vụ chỉ số nào")
    page = built(client, course)
    assert all(hint in page for hint in hints)
    course.objectives, course.illustration = "Nuôi được ong.", illustrations.subjects()[0][0]
    course.save_revision()
    served = indicators.Served({"1": "1. Đọc"}, {str(course.translation_key): ["1"]})
    monkeypatch.setattr(indicators, "sources", [lambda: served])
    page = built(client, course)
    assert not any(hint in page for hint in hints)


def test_a_press_moves_a_step_and_says_where_it_is_and_that_it_waits(client, course):
    add_lesson(course, "Một")
    step = add_lesson(course, "Hai")
    answer = client.post(reverse("place_step", args=[course.pk]), {"step": step.pk, "place": 0}, follow=True)
    page = answer.content.decode()
    assert "“Hai” nay là bước 1." in page
    assert page.index(">Hai</a>") < page.index(">Một</a>")
    assert "Đây là thứ tự mới" in page
    edited = client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).content.decode()
    assert "Đây là thứ tự mới" in edited


def test_a_press_begins_a_step_at_its_place_and_opens_it(client, course):
    add_lesson(course, "Một")
    answer = client.post(reverse("begin_step", args=[course.pk]), {"kind": "lessonpage", "place": 0})
    step = LessonPage.objects.get(title="Bài học mới")
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[step.pk])
    assert course.get_children().first().pk == step.pk


def test_a_press_copies_a_step_or_the_whole_course(client, course):
    step = add_lesson(course, "Một")
    copying = reverse("copy_in_course", args=[course.pk])
    page = client.post(copying, {"step": step.pk}, follow=True).content.decode()
    assert "“Bản sao của Một” đứng ngay sau, là bản nháp." in page
    answer = client.post(copying)
    copy = CoursePage.objects.get(title="Bản sao của Nuôi ong")
    assert answer.url == reverse("course_builder", args=[copy.pk])
    assert copy.get_children().count() == 2


def test_a_press_takes_a_step_out_and_another_puts_it_back(client, course):
    step, address = add_lesson(course, "Tổ ong"), reverse("take_out", args=[course.pk])
    page = client.post(address, {"step": step.pk, "is_out": "1"}, follow=True).content.decode()
    assert "Đã bỏ ra: người học vẫn có bước này cho đến khi khóa học được đăng" in page
    look = client.get(reverse("wagtailadmin_pages:view_draft", args=[course.pk])).content.decode()
    assert "Tổ ong" not in look
    page = client.post(address, {"step": step.pk}, follow=True).content.decode()
    assert "“Tổ ong” lại là một phần của khóa học." in page


def test_a_look_as_a_learner_has_the_new_order(client, course):
    add_lesson(course, "Tổ ong")
    step = add_lesson(course, "Mật ong")
    client.post(reverse("place_step", args=[course.pk]), {"step": step.pk, "place": 0})
    look = client.get(reverse("wagtailadmin_pages:view_draft", args=[course.pk])).content.decode()
    assert look.index("Mật ong") < look.index("Tổ ong")


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("place_step", {"step": 1, "place": 0}),
        ("place_step", {"place": 0}),
        ("place_step", {"step": "x", "place": -1}),
        ("begin_step", {"kind": "homepage", "place": 0}),
        ("copy_in_course", {"step": 1}),
        ("take_out", {"step": 1, "is_out": "1"}),
        ("take_out", {}),
        ("begin_step", {"kind": "lessonpage"}),
    ],
)
def test_what_no_form_sends_is_not_found(client, course, name, sent):
    assert client.post(reverse(name, args=[course.pk]), sent).status_code == 404
    assert client.get(reverse(name, args=[course.pk])).status_code == 405


def test_is_closed_to_who_writes_no_courses_and_moves_nothing_while_moderators_have_it(client, course, standing):
    add_lesson(course, "Một")
    add_lesson(course, "Hai", is_live=False)
    client.post(reverse("submit_course", args=[course.pk]))
    page = built(client, course)
    assert "Khóa học cùng mọi bước đang chờ duyệt" in page
    assert page.count("Đang chờ duyệt") == 1
    assert reverse("place_step", args=[course.pk]) not in page
    client.force_login(standing.an)
    assert client.get(reverse("course_builder", args=[course.pk])).status_code == 403


def test_asks_as_much_however_many_steps_there_are(client, course):
    def add_rows():
        for title in ("Hai", "Ba", "Bốn"):
            add_lesson(course, title)

    add_lesson(course, "Một")
    assert_constant_queries(lambda: built(client, course), add_rows)
