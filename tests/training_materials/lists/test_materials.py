import pytest

from tests.factories.pages import a_cover, add_course, add_lesson, add_material
from tests.queries import assert_constant_queries
from training_materials.models import Topic
from training_materials.registries import indicators
from training_materials.registries.indicators import Served


@pytest.fixture
def shelf(tree):
    law, skills = (
        Topic.objects.create(name="Pháp luật", slug="phap-luat"),
        Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so"),
    )
    add_material(
        tree.materials,
        "Kế hoạch xây dựng mô hình Công dân học tập",
        type="legal_document",
        document_number="4742/KH-UBND",
        issuing_body="UBND tỉnh Quảng Nam",
        issued_on="2022-07-20",
        topics=[law],
    )
    add_material(tree.materials, "Đọc tin an toàn", topics=[skills], audience="workers", text="Về công dân học tập")
    add_material(tree.materials, "Sổ tay", topics=[skills, law], type="handbook")
    add_material(tree.materials, "Bản nháp về học tập", is_live=False, topics=[law])
    return tree.materials


def found(response):
    return [material.title for material, _url in response.context["materials"]]


def test_drafts_are_never_shown(shelf, client):
    assert "Bản nháp về học tập" not in client.get(shelf.url).content.decode()


@pytest.mark.parametrize(
    ("choice", "titles"),
    [
        ({"loai": "handbook"}, {"Sổ tay"}),
        ({"chu-de": "ky-nang-so"}, {"Sổ tay", "Đọc tin an toàn"}),
        ({"doi-tuong": "workers"}, {"Đọc tin an toàn"}),
        ({"nam": "2022"}, {"Kế hoạch xây dựng mô hình Công dân học tập"}),
        ({"co-quan": "UBND tỉnh Quảng Nam"}, {"Kế hoạch xây dựng mô hình Công dân học tập"}),
        ({"chu-de": "phap-luat", "loai": "handbook"}, {"Sổ tay"}),
        ({"loai": "không có loại này"}, set()),
    ],
)
def test_choices_narrow_the_list_down(shelf, client, choice, titles):
    assert set(found(client.get(shelf.url, choice))) == titles


def test_facets_count_what_pressing_them_would_leave(shelf, client):
    facets = {facet.name: facet for facet in client.get(shelf.url, {"loai": "handbook"}).context["facets"]}
    topics = {option.value: option.count for option in facets["chu-de"].options}
    types = {option.value: option.count for option in facets["loai"].options}
    assert topics == {"phap-luat": 1, "ky-nang-so": 1}
    assert types == {"handbook": 1, "legal_document": 1, "guide": 1}


def test_a_chosen_option_links_back_to_the_list_without_it(shelf, client):
    facets = client.get(shelf.url, {"loai": "handbook", "nam": "2022"}).context["facets"]
    (chosen,) = next(facet for facet in facets if facet.name == "loai").chosen
    assert chosen.url == "?nam=2022"


def test_several_values_of_a_facet_are_any_of_them_and_several_facets_all_of_them(shelf, client):
    response = client.get(shelf.url, {"loai": ["handbook", "guide"]})
    assert set(found(response)) == {"Sổ tay", "Đọc tin an toàn"}
    (types,) = [facet for facet in response.context["facets"] if facet.name == "loai"]
    urls = {option.value: option.url for option in types.options}
    assert urls == {
        "handbook": "?loai=guide",
        "guide": "?loai=handbook",
        "legal_document": "?loai=handbook&loai=guide&loai=legal_document",
    }
    assert found(client.get(shelf.url, {"loai": ["handbook", "guide"], "chu-de": "phap-luat"})) == ["Sổ tay"]


def test_an_empty_list_says_how_to_go_on(shelf, client):
    response = client.get(shelf.url, {"loai": "xyz"})
    assert 'class="empty"' in response.content.decode()


def test_what_was_typed_is_escaped(shelf, client):
    assert "<script>alert" not in client.get(shelf.url, {"loai": "<script>alert(1)</script>"}).content.decode()


@pytest.mark.parametrize("number", ["0", "99", "x", "-1"])
def test_a_strange_page_number_shows_a_page(shelf, client, number):
    assert client.get(shelf.url, {"page": number}).status_code == 200


def test_long_lists_have_pages(tree, client):
    for number in range(14):
        add_material(tree.materials, f"Tài liệu {number}")
    assert len(found(client.get(tree.materials.url))) == 12
    assert len(found(client.get(tree.materials.url, {"page": 2}))) == 2


def test_queries_do_not_grow_with_the_library(shelf, tree, client, standing):
    client.force_login(standing.an)

    def more():
        for number in range(6):
            cover = a_cover() if number % 2 else None
            add_material(tree.materials, f"Thêm {number}", topics=list(Topic.objects.all()), cover=cover)
        client.get(shelf.url)  # makes the pictures' sizes

    add_material(tree.materials, "Có ảnh bìa", cover=a_cover())

    assert_constant_queries(lambda: client.get(shelf.url), more)


def test_queries_do_not_grow_with_the_courses(tree, client, standing):
    client.force_login(standing.an)
    topics = [Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so")]
    add_lesson(add_course(tree.course_index, "Một", topics=topics, cover=a_cover()), "Bài")

    def more():
        for number in range(4):
            add_lesson(add_course(tree.course_index, f"Khóa {number}", topics=topics, cover=a_cover()), "Bài")
        client.get(tree.course_index.url)  # makes the pictures' sizes

    assert_constant_queries(lambda: client.get(tree.course_index.url), more)


def test_the_list_of_courses_tells_steps_and_minutes(tree, client):
    course = add_course(tree.course_index, "Kỹ năng số", audience="workers")
    add_lesson(course, "Một", minutes=10)
    add_lesson(course, "Hai", minutes=15)
    add_lesson(course, "Nháp", minutes=99, is_live=False)
    add_course(tree.course_index, "Khóa khác")
    cards = client.get(tree.course_index.url, {"doi-tuong": "workers"}).context["cards"]
    assert [(card.course, card.steps, card.minutes, card.url) for card in cards] == [(course, 2, 25, course.url)]


def test_the_list_is_sorted_as_asked_and_keeps_what_is_chosen(shelf, client):
    add_material(shelf, "Bài dài mới", minutes=90, topics=[Topic.objects.get(slug="ky-nang-so")])
    assert found(client.get(shelf.url, {"xep": "moi"}))[0] == "Bài dài mới"
    response = client.get(shelf.url, {"xep": "ngan", "chu-de": "ky-nang-so"})
    assert found(response)[-1] == "Bài dài mới"
    assert [label for label, _url, is_current in response.context["orders"] if is_current] == ["Ngắn trước"]
    assert all("chu-de=ky-nang-so" in url for _label, url, _is_current in response.context["orders"])
    assert all("xep=ngan" in option.url for facet in response.context["facets"] for option in facet.options)


def test_an_order_that_is_none_is_passed_over(shelf, client):
    assert found(client.get(shelf.url, {"xep": "'"})) == found(client.get(shelf.url))


def test_materials_that_serve_an_indicator_are_found_by_it(shelf, client, monkeypatch):
    one = shelf.get_children().get(title="Sổ tay")
    served = Served({"5": "5. Kỹ năng số"}, {str(one.translation_key): ["5"]})
    monkeypatch.setattr(indicators, "sources", [lambda: served])
    assert found(client.get(shelf.url, {"chi-so": "5"})) == ["Sổ tay"]
