from search.contract import Document
from search.indexing.analysis import STRONG, TITLE, analyse, number_term, pair_term


def document(**values):
    given = {"title": "", "summary": "", "body": "", "beside": "", "files": "", "numbers": ()} | values
    return Document(id=1, key="x:1", scope="public", facets={}, date=None, popularity=0, **given)


def test_a_word_is_kept_as_written_and_without_marks_and_marked_where_it_stands():
    terms = analyse(document(title="Học", summary="tập", body="suốt đời")).terms
    assert {"học", "hoc", TITLE + "học", TITLE + "hoc", STRONG + "hoc", STRONG + "tap", "suot", "doi"} <= set(terms)
    assert TITLE + "tap" not in terms
    assert STRONG + "suot" not in terms


def test_what_the_body_says_again_and_again_is_strong():
    terms = analyse(document(body="mạng xã hội. mạng lưới. mạng máy tính")).terms
    assert STRONG + "mang" in terms
    assert STRONG + "luoi" not in terms


def test_neighbours_are_kept_as_pairs_and_no_pair_spans_two_fields():
    terms = analyse(document(title="chuyển đổi", summary="số hóa")).terms
    assert pair_term("chuyen", "doi") in terms
    assert pair_term("doi", "so") not in terms


def test_document_numbers_are_terms_of_their_own():
    assert number_term("677|2017|qd|ttg") in analyse(document(numbers=("677|2017|qd|ttg",))).terms


def test_the_words_of_a_whole_book_are_cut_at_the_end():
    analysed = analyse(document(body="tài liệu " * 60_000 + "cuối"))
    assert "cuoi" not in analysed.terms
    assert len(analysed.body.folded) <= 4_000
