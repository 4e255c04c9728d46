import unicodedata

import pytest

from home.models import PlainPage
from search import views
from search.finding import read_query
from tests.factories.pages import add_course, add_lesson, add_material, publish, text_block
from tests.queries import assert_constant_queries

ADDRESS = "/tim-kiem/"


def ask(client, query, **params):
    return client.get(ADDRESS, {"q": query, **params})


def titles(response):
    return ["".join(piece.text for piece in result.title) for result in response.context["results"].shown]


@pytest.mark.parametrize(
    "query", ["cong dan hoc tap", "Công dân học tập", unicodedata.normalize("NFD", "công dân học tập"), "CÔNG DÂN"]
)
def test_every_kind_of_page_is_found_with_or_without_tones(tree, client, query):
    add_material(tree.library, "Công dân học tập là gì")
    course = add_course(tree.course_index, "Tiêu chí Công dân học tập")
    add_lesson(course, "Công dân học tập: mở đầu")
    publish(tree.home, PlainPage(title="Công dân học tập", slug="cdht", body=[text_block("Danh hiệu")]))
    response = ask(client, query)
    assert len(titles(response)) == 4
    counts = {kind.name: kind.count for kind in response.context["results"].kinds}
    assert counts == {"tai-lieu": 1, "khoa-hoc": 1, "bai-hoc": 1, "trang": 1}


def test_title_ranks_over_summary_over_body(tree, client):
    add_material(tree.library, "Ba", text="<p>kỹ năng số</p>")
    add_material(tree.library, "Hai", summary="Về kỹ năng số")
    add_material(tree.library, "Kỹ năng số")
    assert titles(ask(client, "kỹ năng số")) == ["Kỹ năng số", "Hai", "Ba"]
    assert titles(ask(client, "ky nang so")) == ["Kỹ năng số", "Hai", "Ba"]


def test_what_carries_the_tones_typed_ranks_first(tree, client):
    add_material(tree.library, "Bạn và tôi", text="bán hàng")
    add_material(tree.library, "Ban công", text="ngoài ban công")
    assert titles(ask(client, "bán")) == ["Bạn và tôi", "Ban công"]


def test_both_ways_of_placing_a_tone_find_the_same(tree, client):
    add_material(tree.library, "Hòa giải")
    assert titles(ask(client, "hoà giải")) == ["Hòa giải"]


@pytest.mark.parametrize("query", ["4742", "KH 4742", "4742/KH-UBND"])
def test_a_document_is_found_by_its_number(tree, client, query):
    add_material(tree.library, "Kế hoạch", document_number="4742/KH-UBND")
    add_material(tree.library, "Kế hoạch khác", document_number="8056/KH-UBND")
    assert titles(ask(client, query)) == ["Kế hoạch"]


def test_the_body_of_a_closed_lesson_is_not_searched(tree, client):
    course = add_course(tree.course_index, "Khóa")
    add_lesson(course, "Đóng", text="điều thầm kín")
    add_lesson(course, "Mở", text="điều thầm kín", is_open=True)
    assert titles(ask(client, "thầm kín")) == ["Mở"]


def test_drafts_and_what_lies_under_drafts_are_never_found(tree, client):
    add_material(tree.library, "Bản nháp", is_live=False)
    course = add_course(tree.course_index, "Khóa nháp")
    add_lesson(course, "Bài nháp")
    course.unpublish()
    assert titles(ask(client, "nhap")) == []


def test_results_can_be_narrowed_to_one_kind(tree, client):
    add_material(tree.library, "Học một")
    add_course(tree.course_index, "Học hai")
    response = ask(client, "hoc", loai="khoa-hoc")
    assert titles(response) == ["Học hai"]
    assert {kind.name: kind.count for kind in response.context["results"].kinds} == {"tai-lieu": 1, "khoa-hoc": 1}


def test_extracts_are_marked_and_escaped(tree, client):
    add_material(tree.library, "Tài liệu", text="Đây &lt;script&gt;alert(1)&lt;/script&gt; là học tập")
    content = ask(client, "hoc tap").content.decode()
    assert "<mark>học</mark> <mark>tập</mark>" in content
    assert "<script>alert" not in content


def test_the_query_is_escaped(tree, client):
    assert "<script>x" not in ask(client, "<script>x</script>").content.decode()


@pytest.mark.parametrize("query", ["", "   ", "?!…", "%", "_", "'"])
def test_what_holds_no_word_is_no_fault(tree, client, query):
    response = ask(client, query)
    assert response.status_code == 200
    assert response.context["results"].page is None


def test_a_long_query_is_cut_and_said_so():
    query = read_query("học " * 100)
    assert len(query.text) <= 100
    assert query.is_cut


def test_nothing_found_says_how_to_go_on(tree, client):
    content = ask(client, "khongcogi").content.decode()
    assert 'class="empty"' in content
    assert "/tai-lieu/" in content


def test_long_results_have_pages(tree, client):
    for number in range(12):
        add_material(tree.library, f"Học {number}")
    assert len(titles(ask(client, "hoc"))) == 10
    assert len(titles(ask(client, "hoc", page=2))) == 2


def test_queries_do_not_grow_with_the_pages(tree, client, standing):
    client.force_login(standing.an)
    course = add_course(tree.course_index, "Học gì")
    add_material(tree.library, "Học")
    add_lesson(course, "Học", is_open=True)
    publish(tree.home, PlainPage(title="Học", slug="hoc", body=[text_block("Học")]))

    def more():
        for number in range(6):
            add_material(tree.library, f"Học thêm {number}")
            add_lesson(course, f"Học thêm {number}", is_open=True)

    assert_constant_queries(lambda: ask(client, "hoc"), more)


def test_an_account_that_asks_too_fast_is_slowed_down(tree, client, standing, monkeypatch):
    monkeypatch.setattr(views, "ACCOUNT_RATE", "2/m")
    client.force_login(standing.an)
    assert [ask(client, "a").status_code for _time in range(3)] == [200, 200, 429]


def test_an_office_behind_one_address_is_not_stopped_by_one_account(tree, client, standing, monkeypatch):
    monkeypatch.setattr(views, "ACCOUNT_RATE", "2/m")
    for user in (standing.an, standing.chi, standing.ha):
        client.force_login(user)
        assert [ask(client, "a").status_code for _time in range(2)] == [200, 200]
