import unicodedata

import pytest
from django.core.cache import cache
from django.utils import timezone

from home.models import PlainPage
from search import views
from search.actions import save_pick
from search.engines.database import matching
from search.engines.elastic import engine as elastic
from search.models import MissedSearch, Pick
from search.queries.pages import read_query
from tests.factories.pages import add_course, add_lesson, add_material, publish, text_block
from tests.queries import assert_constant_queries
from tests.search.asking import index_now
from training_materials.models import Topic

pytestmark = pytest.mark.usefixtures("each_engine")
ADDRESS = "/tim-kiem/"


def ask(client, query, **params):
    index_now()
    return client.get(ADDRESS, {"q": query, **params})


def titles(response):
    return ["".join(piece.text for piece in hit.title) for hit in response.context["results"].hits]


@pytest.mark.parametrize(
    "query", ["cong dan hoc tap", "Công dân học tập", unicodedata.normalize("NFD", "công dân học tập"), "CÔNG DÂN"]
)
def test_every_kind_of_page_is_found_with_or_without_tones(tree, client, query):
    add_material(tree.materials, "Công dân học tập là gì")
    course = add_course(tree.course_index, "Tiêu chí Công dân học tập")
    add_lesson(course, "Công dân học tập: mở đầu")
    publish(tree.home, PlainPage(title="Công dân học tập", slug="cdht", body=[text_block("Danh hiệu")]))
    response = ask(client, query)
    assert len(titles(response)) == 4
    counts = {option.value: option.count for option in response.context["results"].kinds.options}
    assert counts == {"tai-lieu": 1, "khoa-hoc": 1, "bai-hoc": 1, "trang": 1}


def test_title_ranks_over_summary_over_body(tree, client):
    add_material(tree.materials, "Ba", text="<p>kỹ năng số</p>")
    add_material(tree.materials, "Hai", summary="Về kỹ năng số")
    add_material(tree.materials, "Kỹ năng số")
    assert titles(ask(client, "kỹ năng số")) == ["Kỹ năng số", "Hai", "Ba"]
    assert titles(ask(client, "ky nang so")) == ["Kỹ năng số", "Hai", "Ba"]


def test_what_carries_the_tones_typed_ranks_first(tree, client):
    add_material(tree.materials, "Bạn và tôi", text="bán hàng")
    add_material(tree.materials, "Ban công", text="ngoài ban công")
    assert titles(ask(client, "bán"))[0] == "Bạn và tôi"


@pytest.mark.parametrize("query", ["4742", "KH 4742", "4742/KH-UBND", "kế hoạch số 4742", "ke hoach 4742"])
def test_a_document_comes_first_by_its_number(tree, client, query):
    add_material(tree.materials, "Thực hiện kế hoạch 4742/KH-UBND", summary="Kế hoạch số 4742")
    add_material(tree.materials, "Kế hoạch", document_number="4742/KH-UBND")
    add_material(tree.materials, "Kế hoạch khác", document_number="8056/KH-UBND")
    assert titles(ask(client, query))[0] == "Kế hoạch"


def test_a_slip_is_understood_and_said(tree, client):
    add_material(tree.materials, "Thẩm định hồ sơ")
    response = ask(client, "thẩm địnhh hồ sơ")
    assert titles(response) == ["Thẩm định hồ sơ"]
    assert "?q=th%E1%BA%A9m%20%C4%91%E1%BB%8Bnh%20h%E1%BB%93%20s%C6%A1" in response.content.decode()


def test_drafts_and_what_lies_under_drafts_are_never_found(tree, client):
    add_material(tree.materials, "Bản nháp", is_live=False)
    course = add_course(tree.course_index, "Khóa nháp")
    add_lesson(course, "Bài nháp")
    course.unpublish()
    assert titles(ask(client, "nháp")) == []


def test_results_can_be_narrowed_down_and_widened_again(tree, client):
    add_material(tree.materials, "Học một", type="guide")
    add_material(tree.materials, "Học ba", type="form")
    add_course(tree.course_index, "Học hai")
    response = ask(client, "hoc", loai="tai-lieu", dang="form")
    assert titles(response) == ["Học ba"]
    (facet,) = [one for one in response.context["results"].facets if one.name == "dang"]
    assert {option.value: option.count for option in facet.options} == {"guide": 1, "form": 1}
    assert "dang" not in next(option.url for option in facet.options if option.is_chosen)


def test_several_values_of_a_facet_are_any_of_them_and_each_can_be_taken_back(tree, client):
    for type in ("guide", "form", "handbook"):
        add_material(tree.materials, f"Học {type}", type=type)
    add_material(tree.materials, "Học cho người lao động", type="form", audience="workers")
    response = ask(client, "hoc", dang=["guide", "form"])
    assert set(titles(response)) == {"Học guide", "Học form", "Học cho người lao động"}
    results = response.context["results"]
    (facet,) = [one for one in results.facets if one.name == "dang"]
    assert {option.value: option.count for option in facet.options} == {"guide": 1, "form": 2, "handbook": 1}
    assert [(option.value, option.url) for option in facet.chosen] == [
        ("form", "?q=hoc&dang=guide"),
        ("guide", "?q=hoc&dang=form"),
    ]
    assert results.facets_chosen_in == [facet]
    assert titles(ask(client, "hoc", dang=["guide", "form"], **{"doi-tuong": "workers"})) == ["Học cho người lao động"]


def test_filters_that_leave_nothing_say_what_there_is_without(tree, client):
    add_material(tree.materials, "Học một")
    response = ask(client, "hoc", loai="khoa-hoc")
    assert titles(response) == []
    assert response.context["results"].without_filters == 1


def test_where_few_have_all_words_the_nearest_follow(tree, client):
    add_material(tree.materials, "Kỹ năng số cho nông dân")
    add_material(tree.materials, "Kỹ năng số cho phụ nữ")
    response = ask(client, "kỹ năng số nông dân")
    assert titles(response) == ["Kỹ năng số cho nông dân"]
    assert len(response.context["results"].near) == 1


def near(response):
    return ["".join(piece.text for piece in hit.title) for hit in response.context["results"].near]


def test_other_marks_are_other_words_and_come_after_under_a_heading_of_their_own(tree, client):
    add_material(tree.materials, "Tránh bị lừa")
    add_material(tree.materials, "Giống lúa mới")
    response = ask(client, "lúa")
    assert (titles(response), near(response)) == (["Giống lúa mới"], ["Tránh bị lừa"])
    assert set(titles(ask(client, "lua"))) == {"Giống lúa mới", "Tránh bị lừa"}


def test_what_is_written_without_marks_is_found_by_words_with_marks(tree, client):
    add_material(tree.materials, "Giong lua moi")
    add_material(tree.materials, "Giống lúa mới")
    assert titles(ask(client, "giống lúa")) == ["Giống lúa mới", "Giong lua moi"]


def test_words_of_a_term_that_stand_apart_come_only_where_nobody_wrote_of_it(tree, client):
    add_material(tree.materials, "Số nhà đổi khi chuyển đi")
    response = ask(client, "chuyển đổi số")
    assert (titles(response), near(response)) == ([], ["Số nhà đổi khi chuyển đi"])
    add_material(tree.materials, "Chuyển đổi số ở xã")
    response = ask(client, "chuyển đổi số")
    assert (titles(response), near(response)) == (["Chuyển đổi số ở xã"], [])


def test_what_stands_in_quotation_marks_is_found_in_a_row_only(tree, client):
    add_material(tree.materials, "Kế hoạch học tập")
    add_material(tree.materials, "Học tập theo kế hoạch")
    assert titles(ask(client, "“kế hoạch học tập”")) == ["Kế hoạch học tập"]
    assert len(titles(ask(client, "kế hoạch học tập"))) == 2


def test_a_document_number_that_nothing_carries_is_not_answered_with_other_numbers(tree, client):
    add_material(tree.materials, "Xã hội học tập", document_number="1373/QĐ-TTg", text="Quyết định của Thủ tướng")
    response = ask(client, "387/QĐ-TTg")
    assert (titles(response), near(response)) == ([], [])
    assert "tên văn bản" in response.content.decode()
    assert titles(ask(client, "1373/QĐ-TTg")) == ["Xã hội học tập"]


def test_what_is_found_by_its_topic_alone_says_so(tree, client):
    topic = Topic.objects.create(name="Kỹ năng số", slug="ky-nang-so")
    add_material(tree.materials, "Sổ tay", topics=[topic])
    (hit,) = ask(client, "kỹ năng").context["results"].hits
    assert hit.place == "beside"
    assert [piece.text for piece in hit.extract if piece.is_hit] == ["Kỹ", "năng"]


def test_extracts_are_marked_and_escaped(tree, client):
    add_material(tree.materials, "Tài liệu", text="Đây &lt;script&gt;alert(1)&lt;/script&gt; là học tập")
    content = ask(client, "hoc tap").content.decode()
    assert "<mark>học tập</mark>" in content or "<mark>học</mark> <mark>tập</mark>" in content
    assert "<script>alert" not in content


def test_the_query_is_escaped(tree, client):
    assert "<script>x" not in ask(client, "<script>x</script>").content.decode()


@pytest.mark.parametrize("query", ["", "   ", "?!…", "%", "_", "'"])
def test_what_holds_no_word_is_no_fault(tree, client, query):
    response = ask(client, query)
    assert response.status_code == 200
    assert response.context["results"].page is None


@pytest.mark.parametrize("params", [{"page": "x"}, {"page": "-1"}, {"page": "99999999999"}, {"nam": "x' OR 1"},
                                    {"loai": "không có"}])  # fmt: skip
def test_odd_addresses_are_no_fault(tree, client, params):
    add_material(tree.materials, "Học một")
    assert ask(client, "hoc", **params).status_code == 200


def test_a_long_query_is_cut_and_said_so(db):
    query = read_query("học " * 100)
    assert len(query.text) <= 100
    assert query.is_cut


def test_nothing_found_says_how_to_go_on(tree, client):
    content = ask(client, "khongcogi").content.decode()
    assert 'class="empty"' in content
    assert "/tai-lieu/" in content


def test_long_results_have_pages(tree, client):
    for number in range(12):
        add_material(tree.materials, f"Học {number}")
    assert len(titles(ask(client, "hoc"))) == 10
    assert len(titles(ask(client, "hoc", page=2))) == 2


def test_the_last_page_says_that_more_was_found_than_can_be_listed(tree, client, monkeypatch):
    monkeypatch.setattr(matching, "RANKED", 12)
    monkeypatch.setattr(matching, "_NEWEST", 2)
    monkeypatch.setattr(elastic, "REACHABLE", 12)
    for number in range(14):
        add_material(tree.materials, f"Học {number}")
    assert "14 kết quả" in ask(client, "hoc").content.decode()
    assert "12 trên 14" not in ask(client, "hoc").content.decode()
    assert "12 trên 14" in ask(client, "hoc", page=2).content.decode()


def test_queries_do_not_grow_with_the_pages(tree, client, standing):
    client.force_login(standing.an)
    course = add_course(tree.course_index, "Học gì")
    add_material(tree.materials, "Học")
    add_lesson(course, "Học", is_open=True)
    for number in range(10):
        add_material(tree.materials, f"Học đủ trang {number}")

    def more():
        for number in range(6):
            add_material(tree.materials, f"Học thêm {number}")
            add_lesson(course, f"Học thêm {number}", is_open=True)
        index_now()
        client.get(ADDRESS, {"q": "hoc"})  # what a process keeps of the index is read anew after a change

    index_now()
    assert_constant_queries(lambda: client.get(ADDRESS, {"q": "hoc"}), more)


def test_what_editors_chose_comes_first_in_any_spelling(tree, client, standing):
    add_material(tree.materials, "Mười chỉ số")
    start = add_material(tree.materials, "Bắt đầu ở đây")
    save_pick(
        pick=Pick(queries="mười chỉ số", page=start.page_ptr, reason="Đọc trước"), by=standing.binh, at=timezone.now()
    )
    cache.clear()
    for typed in ("muoi chi so", "Mười chỉ số"):
        assert [pick.title for pick in ask(client, typed).context["results"].picks] == ["Bắt đầu ở đây"]
    assert not ask(client, "chỉ số").context["results"].picks


def test_what_is_not_found_is_counted_once_for_each_asker_and_day(tree, client, standing):
    for user in (standing.an, standing.an, standing.chi):
        client.force_login(user)
        ask(client, "trồng nấm rơm")
    row = MissedSearch.objects.get()
    assert (row.words, row.count) == ("trồng nấm rơm", 2)


def test_suggestions_are_titles_for_what_was_typed_so_far(tree, client):
    add_material(tree.materials, "Tạo minh chứng")
    add_material(tree.materials, "Bản nháp về minh chứng", is_live=False)
    index_now()
    for typed in ("minh ch", "MINH CHỨ"):
        found = client.get("/tim-kiem/goi-y/", {"q": typed}).json()["suggestions"]
        assert [one["title"] for one in found] == ["Tạo minh chứng"]
    assert client.get("/tim-kiem/goi-y/", {"q": ""}).json() == {"suggestions": []}


@pytest.mark.parametrize("typed", ["CĐS", "677", "qd 677", "Quyết định số 677/QĐ-TTg"])
def test_abbreviations_and_document_numbers_are_suggested_for_too(tree, client, typed):
    add_material(tree.materials, "Chuyển đổi số đến năm 2030", document_number="677/QĐ-TTg")
    add_material(tree.materials, "Chuyển nhà")
    index_now()
    found = client.get("/tim-kiem/goi-y/", {"q": typed}).json()["suggestions"]
    assert [one["title"] for one in found] == ["Chuyển đổi số đến năm 2030"]


def test_an_account_that_asks_too_fast_is_slowed_down(tree, client, standing, monkeypatch, one_rate_period):
    monkeypatch.setattr(views, "ACCOUNT_RATE", "2/m")
    client.force_login(standing.an)
    assert [ask(client, "a").status_code for _time in range(3)] == [200, 200, 429]


def test_an_office_behind_one_address_is_not_stopped_by_one_account(
    tree, client, standing, monkeypatch, one_rate_period
):
    monkeypatch.setattr(views, "ACCOUNT_RATE", "2/m")
    for user in (standing.an, standing.chi, standing.ha):
        client.force_login(user)
        assert [ask(client, "a").status_code for _time in range(2)] == [200, 200]


def suggest(client, **extra):
    return client.get("/tim-kiem/goi-y/", {"q": "a"}, **extra).status_code


def test_an_account_that_asks_for_suggestions_too_fast_is_slowed_down_alone(
    tree, client, standing, monkeypatch, one_rate_period
):
    monkeypatch.setattr(views, "TYPING_ACCOUNT_RATE", "2/m")
    client.force_login(standing.an)
    assert [suggest(client) for _time in range(3)] == [200, 200, 429]
    client.force_login(standing.chi)
    assert suggest(client) == 200


def test_one_address_has_a_ceiling_over_all_who_sit_behind_it(tree, client, standing, monkeypatch, one_rate_period):
    monkeypatch.setattr(views, "TYPING_ADDRESS_RATE", "5/m")
    assert [suggest(client) for _time in range(3)] == [200] * 3
    client.force_login(standing.an)
    assert [suggest(client) for _time in range(3)] == [200, 200, 429]
    assert suggest(client, REMOTE_ADDR="203.0.113.9") == 200


def test_a_commune_office_behind_one_address_does_not_meet_the_ceiling():
    """Thirty people who each type and search as fast as they may in a busy minute of an office."""
    people, letters, searches = 30, 60, 12
    assert int(views.TYPING_ADDRESS_RATE.removesuffix("/m")) >= people * letters
    assert int(views.ADDRESS_RATE.removesuffix("/m")) >= people * searches
