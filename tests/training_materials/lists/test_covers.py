"""The covers of what a search found, or of what the office lists: read all at once, each as it stands elsewhere."""

import pytest
from wagtail.admin.ui.tables import Table

from interface.illustrations import drawn
from tests.factories.pages import a_cover, add_course, add_lesson, add_material
from tests.factories.people import add_user
from tests.queries import count_queries
from training_materials.lists.covers import covers_of
from training_materials.models import Topic
from training_materials.templatetags.materials_tags import office_cover

MOST = 6


@pytest.fixture
def topics(db):
    return [
        Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so", illustration="abacus"),
        Topic.objects.create(name="Pháp luật", slug="phap-luat", illustration="law"),
    ]


@pytest.fixture
def office(client):
    client.force_login(add_user("quantri", "Quản Trị", is_superuser=True))
    return client


def shapes(name):
    return drawn(name).partition("\n")[2]


def test_each_kind_has_the_cover_that_it_has_elsewhere(tree, topics):
    picture = a_cover()
    course = add_course(tree.course_index, "Khóa", topics=topics)
    lessons = [add_lesson(course, "Một"), add_lesson(course, "Hai"), add_lesson(course, "Ba", illustration="boat")]
    material = add_material(tree.materials, "Tài liệu", topics=topics[1:])
    pictured = add_material(tree.materials, "Ảnh", cover=picture)
    shown = covers_of([page.pk for page in (course, *lessons, material, pictured, tree.home)])
    assert shown[course.pk].names == ("abacus", "law")
    assert [shown[lesson.pk].names for lesson in lessons[:2]] == [("abacus",), ("law",)]
    assert shown[lessons[2].pk].illustration == "boat"
    assert shown[material.pk].names == ("law",)
    assert shown[pictured.pk].cover == picture
    assert tree.home.pk not in shown


def test_the_queries_do_not_follow_the_pages(tree, topics):
    ids = []
    for number in range(4):
        course = add_course(tree.course_index, f"Khóa {number}", topics=topics)
        material = add_material(tree.materials, f"Tài liệu {number}", topics=topics, cover=a_cover())
        ids += [course.pk, add_lesson(course, "Bài").pk, material.pk, add_material(tree.materials, f"T {number}").pk]
    covers_of(ids)
    assert count_queries(lambda: covers_of(ids)) <= MOST
    assert count_queries(lambda: covers_of([])) == 0


def test_the_office_lists_pages_with_their_covers(tree, topics, office):
    course = add_course(tree.course_index, "Khóa", topics=topics)
    add_lesson(course, "Bài")
    for address in (f"/quan-tri/pages/{tree.course_index.pk}/", f"/quan-tri/pages/{course.pk}/"):
        assert shapes("abacus") in office.get(address).content.decode()
    assert 'class="cover' not in office.get(f"/quan-tri/pages/{tree.home.pk}/").content.decode()


def test_the_office_chooses_pages_by_their_covers(tree, topics, office):
    add_course(tree.course_index, "Khóa", topics=topics)
    chooser = office.get(f"/quan-tri/choose-page/{tree.course_index.pk}/").json()["html"]
    assert shapes("abacus") in chooser


def test_a_list_in_the_office_reads_the_covers_of_all_its_rows_at_once(tree, topics):
    pages = [add_course(tree.course_index, f"Khóa {number}", topics=topics, cover=a_cover()) for number in range(4)]

    def draw():
        table = Table([], pages)
        return [office_cover(table, page) for page in pages]

    assert all("<img" in cover for cover in draw())
    assert count_queries(draw) <= MOST
