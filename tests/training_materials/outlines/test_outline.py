import pytest
from django.test import TestCase
from wagtail.models import PageViewRestriction

from tests.factories.pages import add_course, add_lesson
from tests.queries import count_queries
from training_materials.models import CoursePage, LessonPage, Topic
from training_materials.outlines import outline
from training_materials.registries import course_panels


@pytest.fixture
def course(tree):
    course = add_course(tree.course_index, "Khóa học", topics=[Topic.objects.create(name="Số", slug="so")])
    add_lesson(course, "Một", minutes=5, is_open=True)
    add_lesson(course, "Hai", minutes=7, is_required=False)
    return course


def fresh(course):
    return CoursePage.objects.get(pk=course.pk)


def titles(course):
    return [step.title for step in fresh(course).outline().steps]


def test_the_outline_holds_what_pages_need(course):
    shown = fresh(course).outline()
    first, second = shown.steps
    assert (first.title, first.minutes, first.is_open, first.is_required) == ("Một", 5, True, True)
    assert first.url == course.get_children().first().url
    assert shown.minutes == 12
    assert shown.needed == (first,)
    assert second.key == LessonPage.objects.get(title="Hai").translation_key
    assert shown.topics == (("so", "Số"),)


def test_a_known_outline_takes_no_query(course):
    page = fresh(course)
    page.outline()
    assert count_queries(page.outline) == 0


def test_publishing_unpublishing_moving_and_deleting_show_at_once(course, tree):
    assert titles(course) == ["Một", "Hai"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        third = add_lesson(course, "Ba")
    assert titles(course) == ["Một", "Hai", "Ba"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        third.move(course, pos="first-child")
    assert titles(course) == ["Ba", "Một", "Hai"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        LessonPage.objects.get(title="Một").unpublish()
    assert titles(course) == ["Ba", "Hai"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        LessonPage.objects.get(title="Ba").delete()
    assert titles(course) == ["Hai"]


def test_moving_a_step_changes_both_courses(course, tree):
    other = add_course(tree.course_index, "Khác")
    assert titles(other) == []
    lesson = LessonPage.objects.get(title="Hai")
    with TestCase.captureOnCommitCallbacks(execute=True):
        lesson.move(other, pos="last-child")
    assert titles(course) == ["Một"]
    assert titles(other) == ["Hai"]


def test_a_change_that_is_not_committed_leaves_the_outline(course):
    assert titles(course) == ["Một", "Hai"]
    with TestCase.captureOnCommitCallbacks(execute=False):
        add_lesson(course, "Ba")
    assert titles(course) == ["Một", "Hai"]


def test_a_change_of_the_slug_changes_the_addresses(course, tree):
    fresh(course).outline()
    course.slug = "dia-chi-moi"
    with TestCase.captureOnCommitCallbacks(execute=True):
        course.save_revision().publish()
    assert fresh(course).outline().steps[0].url == "/khoa-hoc/dia-chi-moi/mot/"


def test_neighbours_are_the_steps_before_and_after(course):
    shown = fresh(course).outline()
    first, second = shown.steps
    assert outline.neighbours(shown, first.page_id) == {"previous_step": None, "next_step": second, "number": 1}
    assert outline.neighbours(shown, second.page_id)["previous_step"] == first
    assert outline.neighbours(shown, 0) == {"previous_step": None, "next_step": None, "number": None}


def test_a_visitor_is_led_to_signing_in(course, client):
    content = client.get(course.url).content.decode()
    assert f"?next={course.url}" in content
    assert "<form method" not in content


def test_a_member_finds_one_button_that_posts(course, client, standing):
    client.force_login(standing.an)
    content = client.get(course.url).content.decode()
    assert f'<form method="post" action="/hoc-tap/{course.slug}/ghi-danh/">' in content


def test_a_panel_says_how_the_person_stands_with_each_step(course, client, standing, monkeypatch):
    done = course.outline().steps[0].key
    panel = {
        "states": {done: "done"},
        "step_url": "/hoc-tap/khoa/{slug}/",
        "action_url": "/tiep/",
        "action_label": "Tiếp",
    }
    monkeypatch.setattr(course_panels, "course_panels", [lambda request, course: panel])
    client.force_login(standing.an)
    content = client.get(course.url).content.decode()
    assert "is-done" in content
    assert 'href="/hoc-tap/khoa/mot/"' in content
    assert 'href="/tiep/"' in content


def test_the_course_page_of_a_member_takes_at_most_14_queries(course, client, standing):
    client.force_login(standing.an)
    client.get(course.url)
    assert count_queries(lambda: client.get(course.url)) <= 14


def test_a_visitor_asks_no_panel(course, client, monkeypatch):
    def fail(request, course):
        raise AssertionError

    monkeypatch.setattr(course_panels, "course_panels", [fail])
    assert client.get(course.url).status_code == 200


def test_a_course_without_lessons_says_so(tree, client):
    course = add_course(tree.course_index, "Trống")
    assert client.get(course.url).status_code == 200


def test_a_course_closed_to_groups_stays_closed_by_the_short_way_too(course, client, standing):
    client.force_login(standing.an)
    assert client.get(course.url).status_code == 200
    with TestCase.captureOnCommitCallbacks(execute=True):
        restriction = PageViewRestriction.objects.create(page=course, restriction_type=PageViewRestriction.GROUPS)
    assert client.get(course.url).status_code != 200
    with TestCase.captureOnCommitCallbacks(execute=True):
        restriction.delete()
    assert client.get(course.url).status_code == 200


def test_drafts_and_unknown_courses_are_not_found(tree, client):
    draft = add_course(tree.course_index, "Nháp", is_live=False)
    assert client.get(f"/khoa-hoc/{draft.slug}/").status_code == 404
    assert client.get("/khoa-hoc/khong-co/").status_code == 404
