"""Who teaches a course stands on its page: name, office, a picture or a drawn figure, a word of welcome."""

import re

import pytest
from django.utils.translation import override
from wagtail.images.models import Image

from interface.illustrations import drawn, teacher
from tests.factories.pages import a_cover, add_course, add_lesson
from tests.factories.people import add_user
from tests.queries import count_queries
from tests.training_materials.test_covers import LARGEST_ON_A_PHONE, photograph
from training_materials.models import CoursePage
from training_materials.tasks import prepare_portrait


def card(client, course):
    """The card of the teacher, or nothing."""
    html = client.get(course.url).content.decode()
    found = re.search(r'<section class="card teacher".*?</section>', html, re.DOTALL)
    return found[0] if found else ""


def figure(name):
    return drawn(teacher(name)).partition("\n")[2]


def test_a_course_names_its_teacher_and_lacking_a_name_whoever_made_it(tree, client, standing):
    named = add_course(tree.course_index, "Nuôi ong", taught_by="Cô Hạnh")
    made = add_course(tree.course_index, "Trồng nấm", owner=standing.binh)
    nobody = add_course(tree.course_index, "Đan lát")
    assert "Giảng viên: Cô Hạnh" in client.get(named.url).content.decode()
    assert "Giảng viên: Lê Văn Bình" in client.get(made.url).content.decode()
    assert "Giảng viên" not in client.get(nobody.url).content.decode()
    assert "Cô Hạnh" in card(client, named)
    assert card(client, nobody) == ""


def test_the_teacher_says_welcome_from_their_office(tree, client):
    said = "Chào bạn!\n\nCứ hỏi <thoải mái>."
    shown = card(client, add_course(tree.course_index, "Ong", taught_by="Cô Hạnh", teacher_place="Trạm", welcome=said))
    assert "Trạm" in shown
    assert "<p>Chào bạn!</p>" in shown
    assert "&lt;thoải mái&gt;" in shown


def test_the_welcome_is_marked_as_vietnamese_where_the_page_speaks_english(tree, client):
    course = add_course(tree.course_index, "Ong", taught_by="Cô Hạnh", welcome="Chào bạn!")
    client.cookies["django_language"] = "en"
    with override("en"):
        assert 'class="stack stack--tight" lang="vi"' in card(client, course)


def test_without_a_picture_a_figure_stands_there_and_where_none_was_chosen_nobody_in_particular(tree, client):
    farmer = add_course(tree.course_index, "Ong", taught_by="Anh Tư", teacher_figure="farmer")
    unchosen = add_course(tree.course_index, "Nấm", taught_by="Cô Hạnh")
    assert figure("farmer") in card(client, farmer)
    assert figure("board") in card(client, unchosen)


def test_the_picture_comes_in_light_formats_with_its_size_and_its_focal_point_in_view(tree, client):
    focus = {"focal_point_x": 900, "focal_point_y": 320, "focal_point_width": 40, "focal_point_height": 40}
    course = add_course(tree.course_index, "Ong", taught_by="Cô Hạnh", portrait=a_cover(**focus))
    shown = card(client, course)
    assert 'type="image/avif"' in shown
    assert 'type="image/webp"' in shown
    assert re.search(r'<img [^>]*height="128"[^>]* width="128"', shown)
    assert figure("board") not in shown
    assert all(one.focal_point_key for one in course.portrait.renditions.all())


def test_the_picture_is_light_on_a_phone_and_made_before_anybody_looks(tree):
    picture = Image.objects.create(title="Ảnh", file=photograph())
    prepare_portrait.call(picture.pk)
    sizes = {one.filter_spec: one.file.size for one in picture.renditions.all()}
    assert len(sizes) == 6
    assert max(sizes.values()) <= LARGEST_ON_A_PHONE, sizes


def test_a_picture_that_is_deleted_leaves_a_figure(tree, client):
    course = add_course(tree.course_index, "Ong", taught_by="Cô Hạnh", portrait=a_cover(), teacher_figure="woman")
    course.portrait.delete()
    assert figure("woman") in card(client, course)


def test_the_trainer_writes_it_beside_the_name(tree, client):
    course = add_course(tree.course_index, "Ong")
    client.force_login(add_user("quantri", "Quản Trị", is_superuser=True))
    form = client.get(f"/quan-tri/pages/{course.pk}/edit/").content.decode()
    places = [form.index(f'name="{name}"') for name in ("taught_by", "teacher_place", "welcome", "teacher_figure")]
    assert places == sorted(places)


@pytest.mark.parametrize("has_pictures", [False, True])
def test_the_page_of_a_course_takes_few_queries_with_all_its_pictures(tree, client, standing, has_pictures):
    pictures = {"cover": a_cover(), "portrait": a_cover()} if has_pictures else {}
    course = add_course(tree.course_index, "Ong", taught_by="Cô Hạnh", **pictures)
    add_lesson(course, "Một")
    client.force_login(standing.an)
    client.get(course.url)
    assert count_queries(lambda: client.get(course.url)) <= 14
    assert CoursePage.objects.count() == 1
