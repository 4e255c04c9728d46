"""What every engine finds, counts and keeps to itself."""

import datetime

import pytest
from django.core.management import call_command

from search.contract import INDICATOR, KIND, TYPE, Alternative, Clause, Phrase, SearchRequest, Viewer
from search.engines.chosen import engine
from search.language import document_keys, normalise
from search.models import IndexState, SearchDocument
from tests.factories.pages import add_course, add_lesson, add_material
from tests.laid import laid_once
from tests.search.asking import asked, found, index_now, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(engine_in_use, tree):
    """A small library."""
    _fill(tree)
    for shelf in (tree.materials, tree.course_index):
        shelf.refresh_from_db()
    index_now()
    if engine_in_use == "stored sets":
        call_command("search_rebuild", verbosity=0)
    return tree


@laid_once
def _fill(tree):
    add_material(tree.materials, "Chuyển đổi số cho mọi nhà", text="Kỹ năng số, an toàn trên mạng.")
    add_material(tree.materials, "An toàn giao thông", text="Đi xe máy đội mũ bảo hiểm.", type="news")
    add_material(
        tree.materials,
        "Kế hoạch xây dựng mô hình Công dân học tập",
        text="Thực hiện Quyết định 677/QĐ-TTg.",
        type="legal_document",
        document_number="4742/KH-UBND",
        issuing_body="Ủy ban nhân dân tỉnh Quảng Nam",
        issued_on=datetime.date(2022, 7, 22),
    )
    course = add_course(tree.course_index, "Kỹ năng số cơ bản")
    add_lesson(course, "Mật khẩu mạnh", is_open=True, text="Mã xác thực giữ tài khoản an toàn.")


def test_finds_with_and_without_marks(library):
    assert titles(found("giao thông")) == titles(found("giao thong")) == ["An toàn giao thông"]


def test_demands_every_word(library):
    assert titles(found("an toàn mạng")) == ["Chuyển đổi số cho mọi nhà"]


def test_words_as_typed_come_before_the_same_letters_with_other_marks(library):
    add_material(library.materials, "Mẹ và con", text="Má ơi")
    add_material(library.materials, "Mạ bạc và đồng", text="Mạ kim loại")
    index_now()
    assert titles(found("mạ"))[0] == "Mạ bạc và đồng"
    assert titles(found("má"))[0] == "Mẹ và con"


def test_title_counts_more_than_text(library):
    assert titles(found("an toàn"))[0] == "An toàn giao thông"


def test_a_document_number_comes_first(library):
    add_material(library.materials, "Hỏi đáp về Kế hoạch 4742/KH-UBND", text="4742 KH UBND " * 20)
    index_now()
    key = document_keys("4742/KH-UBND")[-1]
    response = engine().search(SearchRequest(clauses=asked("4742").clauses, document_number=key))
    assert titles(response)[0] == "Kế hoạch xây dựng mô hình Công dân học tập"


def test_nothing_with_all_words_gives_what_has_most_of_them(library):
    response = found("an toàn giao thông đường sắt cao tốc")
    assert response.is_relaxed
    assert titles(response) == ["An toàn giao thông"]
    assert found("an đường sắt cao tốc").total == 0


def test_any_of_the_values_of_a_facet_will_do_and_each_facet_is_demanded(library):
    response = found("an toàn", filters={TYPE: {"guide", "news"}, KIND: {"tai-lieu", "bai-hoc"}})
    assert set(titles(response)) == {"Chuyển đổi số cho mọi nhà", "An toàn giao thông"}
    assert response.facets[KIND] == {"tai-lieu": 2}
    assert found("an toàn", filters={TYPE: {"news"}, KIND: {"bai-hoc"}}).total == 0


def test_counts_each_facet_under_the_filters_of_the_others(library):
    response = found("an toàn", filters={KIND: {"tai-lieu"}})
    assert response.total == 2
    assert response.facets[KIND] == {"tai-lieu": 2, "bai-hoc": 1}
    assert response.facets[TYPE] == {"guide": 1, "news": 1}


def test_extract_marks_the_words(library):
    (hit,) = found("xác thực").hits
    assert [piece.text for piece in hit.extract if piece.is_hit] == ["xác", "thực"]


def test_a_quotation_is_demanded(library):
    quoted = SearchRequest(clauses=asked("so an").clauses, phrases=(Phrase(("so", "an"), is_required=True),))
    assert titles(engine().search(quoted)) == ["Chuyển đổi số cho mọi nhà"]
    apart = SearchRequest(clauses=asked("so mang").clauses, phrases=(Phrase(("so", "mang"), is_required=True),))
    assert engine().search(apart).total == 0


def test_a_synonym_of_several_words_must_stand_in_a_row(library):
    clause = Clause((Alternative("cds"), Alternative("chuyen doi so", 0.9)))
    assert titles(engine().search(SearchRequest(clauses=(clause,)))) == ["Chuyển đổi số cho mọi nhà"]
    clause = Clause((Alternative("cds"), Alternative("doi chuyen so", 0.9)))
    assert engine().search(SearchRequest(clauses=(clause,))).total == 0


def test_the_words_of_a_term_must_stand_in_a_row_with_their_marks_too(library):
    for term, count in (("kỹ năng số", 3), ("kỹ số năng", 0)):
        clause = Clause((Alternative(normalise(term), is_toned=True),))
        assert engine().search(SearchRequest(clauses=(clause,))).total == count


def test_the_beginning_of_a_word_finds_it(library):
    clause = Clause((Alternative("thon", is_prefix=True),))
    assert titles(engine().search(SearchRequest(clauses=(clause,)))) == ["An toàn giao thông"]


def test_suggests_titles_from_the_beginning_of_a_word(library):
    assert [one.title for one in engine().suggest(["an", "to"], Viewer(), 5)] == ["An toàn giao thông"]
    assert [one.title for one in engine().suggest(["ki"], Viewer(), 5)] == ["Kỹ năng số cơ bản"]


def test_pages_through_without_overlap(library):
    first, second = found("an", limit=2), found("an", offset=2, limit=2)
    assert first.total == 3
    assert first.reachable == 3
    assert len({hit.key for hit in (*first.hits, *second.hits)}) == 3


def test_what_serves_the_reader_is_lifted(library):
    SearchDocument.objects.filter(title="Mật khẩu mạnh").update(facets={INDICATOR: ["5"]})
    call_command("search_rebuild", "--from-documents", verbosity=0)
    assert titles(found("an toàn", boosts={"5": 3.0}))[0] == "Mật khẩu mạnh"


def test_vocabulary_knows_words_and_pairs_of_what_everybody_sees(library):
    vocabulary = engine().vocabulary()
    assert vocabulary.words["giao"] == 1
    assert vocabulary.forms["toan"] == {"toàn": 3}
    assert vocabulary.pairs["giao", "thông"] == 1


def test_what_changes_is_found_by_its_new_words_only(library):
    page = library.materials.get_children().get(title="An toàn giao thông").specific
    page.title = "Qua đường đúng luật"
    page.save_revision().publish()
    index_now()
    assert found("giao thông").total == 0
    assert titles(found("qua đường")) == ["Qua đường đúng luật"]
    assert "giao" not in engine().vocabulary().words


def test_the_engine_that_was_set_up_answers(library, engine_in_use):
    assert found("an").engine == ("elasticsearch" if engine_in_use == "elasticsearch" else "database")


def test_a_rebuild_swaps_in_another_build_and_finds_the_same(library):
    before, build = titles(found("an toàn")), IndexState.objects.get().build
    call_command("search_rebuild", verbosity=0)
    assert IndexState.objects.get().build > build
    assert sorted(titles(found("an toàn"))) == sorted(before)


def test_asks_the_database_the_same_number_of_times_however_much_is_found(library, django_assert_max_num_queries):
    for number in range(12):
        add_material(library.materials, f"An toàn số {number}")
    index_now()
    with django_assert_max_num_queries(16):
        assert found("an toàn").total == 15
