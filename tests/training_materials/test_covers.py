"""Every course, lesson and material has a cover: the trainer's picture, or a drawing on a tinted page."""

import io
import re
from pathlib import Path

import pytest
import wagtail.images.tests
from django.core.files.images import ImageFile
from wagtail.images.models import Image

from interface.illustrations import drawn, subjects, tint_of
from tests.factories.pages import a_cover, add_course, add_lesson, add_material
from training_materials.models import Topic
from training_materials.outlines import outline
from training_materials.tasks import prepare_cover

LARGEST_ON_A_PHONE = 30_000


@pytest.fixture
def topics(db):
    return [
        Topic.objects.create(name="An toàn", slug="an-toan"),
        Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so", illustration="abacus"),
        Topic.objects.create(name="Pháp luật", slug="phap-luat", illustration="law"),
    ]


def shapes(name):
    """What of a drawing a page holds as it stands in the file."""
    return drawn(name).partition("\n")[2]


def page_of(client, page):
    return client.get(page.url).content.decode()


def prepared(picture):
    return {one.filter_spec for one in picture.renditions.all()}


def photograph():
    """Wagtail's own test photograph of a landscape: trees and grass, heavier than most."""
    file = Path(wagtail.images.tests.__file__).parent / "image_files" / "landscape_3.jpg"
    return ImageFile(io.BytesIO(file.read_bytes()), name="anh.jpg")


def test_each_drawing_that_a_topic_may_choose_is_drawn_and_has_a_tint():
    for name, _label in subjects():
        assert drawn(name)
        assert tint_of(name) in {"areca", "brick", "lotus", "river", "turmeric"}


def test_a_cover_without_picture_is_the_drawing_of_the_first_topic_that_has_one(tree, client, topics):
    material = add_material(tree.materials, "Giữ tài khoản", topics=topics)
    course = add_course(tree.course_index, "Kỹ năng", topics=topics)
    for url in (tree.materials.url, material.url, tree.course_index.url, course.url):
        html = client.get(url).content.decode()
        assert "cover--river" in html
        assert shapes("abacus") in html


def test_the_page_may_choose_another_drawing_than_its_topic(tree, client, topics):
    course = add_course(tree.course_index, "Kỹ năng", topics=topics, illustration="boat")
    assert shapes("boat") in page_of(client, course)
    assert shapes("abacus") not in page_of(client, course)


def test_a_page_without_topics_has_a_drawing_all_the_same(tree, client):
    assert shapes("lotus") in page_of(client, add_material(tree.materials, "Không chủ đề"))


def test_lessons_take_the_drawings_of_the_topics_in_turn(tree, client, topics):
    course = add_course(tree.course_index, "Kỹ năng", topics=topics)
    lessons = [add_lesson(course, f"Bài {number}", is_open=True) for number in range(3)]
    shown = outline.of(course)
    assert [shown.illustration(lesson.pk) for lesson in lessons] == ["abacus", "law", "abacus"]
    assert shapes("law") in page_of(client, lessons[1])


def test_the_trainers_picture_comes_in_light_formats_and_with_its_size(tree, client, topics):
    course = add_course(tree.course_index, "Kỹ năng", topics=topics, cover=a_cover())
    html = page_of(client, course)
    assert "cover--" not in html
    assert 'type="image/avif"' in html
    assert 'type="image/webp"' in html
    assert re.search(r'<img [^>]*height="260"[^>]* width="390"', html)
    assert 'alt=""' in html


def test_the_focal_point_stays_in_view(tree, client):
    focus = {"focal_point_x": 900, "focal_point_y": 320, "focal_point_width": 40, "focal_point_height": 40}
    course = add_course(tree.course_index, "Kỹ năng", cover=a_cover(**focus))
    page_of(client, course)
    assert all(rendition.focal_point_key for rendition in course.cover.renditions.all())


def test_a_drawing_of_the_trainers_own_may_be_svg(tree, client):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200" width="300" height="200"></svg>'
    picture = Image.objects.create(
        title="Hình", file=ImageFile(io.BytesIO(svg), name="hinh.svg"), width=300, height=200
    )
    prepare_cover.call(picture.pk)
    made = prepared(picture)
    assert made == {"fill-390x260", "fill-570x380"}
    assert ".svg" in page_of(client, add_course(tree.course_index, "Kỹ năng", cover=picture))
    assert prepared(picture) == made


def test_a_cover_is_light_on_a_phone_and_made_before_anybody_looks(tree):
    picture = Image.objects.create(title="Ảnh", file=photograph())
    prepare_cover.call(picture.pk)
    sizes = {one.filter_spec: one.file.size for one in picture.renditions.all()}
    light = {spec: size for spec, size in sizes.items() if spec.endswith(("avif", "webp"))}
    assert len(light) == 4
    assert max(light.values()) <= LARGEST_ON_A_PHONE, light


def test_nobody_waits_for_a_size_of_a_photograph_that_was_prepared(tree, client):
    picture = a_cover()
    prepare_cover.call(picture.pk)
    made = prepared(picture)
    assert "avif" in page_of(client, add_course(tree.course_index, "Kỹ năng", cover=picture))
    assert len(made) == 6
    assert prepared(picture) == made


def test_a_picture_that_is_deleted_leaves_the_drawing(tree, client, topics):
    course = add_course(tree.course_index, "Kỹ năng", topics=topics, cover=a_cover())
    course.cover.delete()
    assert shapes("abacus") in page_of(client, course)
