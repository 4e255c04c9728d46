from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from search.language import Source, Vocabulary, fold_words, shipped, tokens, understand, with_terms

TEXTS = [
    "Công dân học tập là gì", "Tiêu chí công dân học tập", "Lập kế hoạch học tập của cá nhân", "Kỹ năng số cơ bản",
    "Học tập suốt đời ở thôn", "Chuyển đổi số ở xã", "Kỹ năng số cho người lớn tuổi", "Tạo minh chứng trên điện thoại",
    "Thẩm định hồ sơ", "Hội Khuyến học xã", "Phong trào khuyến học", "Tin giả và tư duy phản biện",
    "Mình và trung tâm học tập cộng đồng", "Ứng dụng công nghệ thông tin", "Quyết định 677/QĐ-TTg",
    "An toàn trên mạng cho người lớn tuổi", "Học ngoại ngữ 15 phút mỗi ngày", "Báo cáo của Ủy ban nhân dân",
    "Lừa đảo qua điện thoại", "Đề án xây dựng xã hội học tập",
]  # fmt: skip


def read_vocabulary(texts):
    """As an index of these texts would tell it."""
    forms, pairs = defaultdict(Counter), Counter()
    for text in texts:
        toned = [token.toned for token in tokens(text)]
        pairs.update(pairwise(toned))
        for token in tokens(text):
            forms[token.folded][token.toned] += 1
    return Vocabulary({folded: seen.total() for folded, seen in forms.items()}, dict(forms), dict(pairs))


VOCABULARY = with_terms(read_vocabulary(TEXTS * 3), shipped())


def read(typed):
    return understand(typed, VOCABULARY)


def meant(typed):
    """The likeliest words, toned where something is known of tones."""
    understood = read(typed)
    return understood.did_you_mean or " ".join(
        " ".join(part.alternatives[0].toned or part.alternatives[0].folded) for part in understood.parts
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("cong1 dan hocj taapj", "công dân học tập"),
        ("congdanhoctap", "công dân học tập"),
        ("hoctap suot doi", "học tập suốt đời"),
        ("ky nang xo", "kỹ năng số"),
        ("minh trung", "minh chứng"),
        ("tieu tri cong dan hc tap", "tiêu chí công dân học tập"),
        ("phog trao khuyen hoc", "phong trào khuyến học"),
        ("thẩm địnhh hồ sơ", "thẩm định hồ sơ"),
        ("CHUYEENR DDOOIR SOOS", "chuyển đổi số"),
        ("hoc tao suot doi", "học tập suốt đời"),
        ("tinn giả", "tin giả"),
        ("khuyễn học", "khuyến học"),
        ("thẩm đinh hồ sơ", "thẩm định hồ sơ"),
    ],
)
def test_slips_are_understood(typed, words):
    assert read(typed).did_you_mean == words


@pytest.mark.parametrize("typed", ["trắc nghiệm", "học rơm rạ", "lúa", "mồ côi"])
def test_words_that_look_right_are_not_made_into_others_that_nobody_sets_beside_them(typed):
    understood = read(typed)
    assert understood.did_you_mean == ""
    assert understood.likeliest == fold_words(typed)
    assert all(one.source != Source.SPELLING for part in understood.parts for one in part.alternatives)


def test_a_word_spelt_as_none_is_may_be_corrected_alone():
    assert read("nghời").did_you_mean == "người"


@pytest.mark.parametrize("typed", ["công dân học tập", "cong dan hoc tap", "KỸ NĂNG SỐ", "kĩ năng số", "thẩm định"])
def test_what_is_well_typed_is_not_corrected(typed):
    assert read(typed).did_you_mean == ""


def test_without_marks_the_likeliest_marks_count_more():
    assert meant("minh chung") == "minh chứng"
    assert meant("de an") == "đề án"


def test_wrong_marks_do_not_matter():
    alternatives = [one.toned for part in read("lừa đão").parts for one in part.alternatives]
    assert ("lừa", "đảo") in alternatives


@pytest.mark.parametrize(
    ("typed", "needs_marks"),
    [("lúa", True), ("lừa", True), ("án", False), ("lua", False), ("hoặch", False)],
    ids=["of no document", "of a document", "also written without", "typed without", "no syllable"],
)
def test_other_marks_are_another_word_where_the_word_is_never_written_without(typed, needs_marks):
    (part,) = read(typed).parts
    assert part.alternatives[0].needs_marks == needs_marks


def test_beside_words_with_marks_a_word_without_is_no_small_word_with():
    vocabulary = with_terms(read_vocabulary([*TEXTS, "Kỳ thi", "Nếu thì"]), shipped())
    parts = understand("mở thi", vocabulary).parts
    assert [part.is_optional for part in parts] == [False, False]
    assert understand("nếu thì mở", vocabulary).parts[1].is_optional


def test_what_stands_in_quotation_marks_must_stand_in_a_row():
    assert read('"chuyển đổi số" ở xã').quoted == (("chuyen", "doi", "so"),)
    assert read("“Kỹ năng” «số»").quoted == (("ki", "nang"), ("so",))
    assert read('chuyển "đổi').quoted == ()


def test_abbreviations_are_written_out_for_suggestions():
    assert read("CĐS ở xã").spelt_out == ("chuyen", "doi", "so", "o", "xa")
    assert read("kỹ năng số").spelt_out == ("ki", "nang", "so")


@pytest.mark.parametrize("typed", ["qd677", "677qd", "QĐ677"])
def test_a_number_typed_without_a_blank_is_two_words(typed):
    understood = read(typed)
    assert set(understood.likeliest) == {"qd", "677"}
    assert understood.did_you_mean == ""


def test_terms_stay_together():
    parts = read("chuyển đổi số ở xã").parts
    assert parts[0].alternatives[0].toned == ("chuyển", "đổi", "số")


@pytest.mark.parametrize(
    ("typed", "spelt_out"),
    [("CNTT", "công nghệ thông tin"), ("cđs", "chuyển đổi số"), ("UBND", "ủy ban nhân dân"), ("KH", "kế hoạch")],
)
def test_abbreviations_are_spelt_out(typed, spelt_out):
    (part,) = read(typed).parts
    found = {" ".join(one.toned): one for one in part.alternatives}
    assert found[spelt_out].source == Source.SYNONYM
    assert found[spelt_out].weight < part.alternatives[0].weight


@pytest.mark.parametrize("typed", ["tôi muốn tìm hiểu về học tập suốt đời", "cho hỏi học tập suốt đời là gì ạ"])
def test_questions_are_searched_for_what_they_are_about(typed):
    (part,) = [part for part in read(typed).parts if not part.is_optional]
    assert part.typed == "học tập suốt đời"


def test_an_abbreviation_of_no_dictionary_is_spelt_out_from_the_documents():
    (part,) = read("TTHTX").parts
    assert len(part.alternatives) == 1
    (part,) = read("PTKH").parts
    assert ("phong", "trào", "khuyến", "học") in [one.toned for one in part.alternatives]


def test_small_words_need_not_occur():
    parts = read("tai lieu ve ky nang so cho nguoi cao tuoi").parts
    assert [part.typed for part in parts if not part.is_optional] == ["ki nang so", "nguoi cao tuoi"]


def test_a_query_of_small_words_alone_is_searched_all_the_same():
    assert not any(part.is_optional for part in read("là gì").parts)


def test_as_typed_weighs_most_then_without_marks_then_near_words():
    (part,) = read("hok").parts
    weights = [one.weight for one in part.alternatives]
    assert weights == sorted(weights, reverse=True)
    assert part.alternatives[0].folded == ("hok",)


def test_the_last_word_may_be_unfinished():
    assert read("chuyển đổi số đ").parts[-1].is_unfinished
    assert not read("chuyển đổi số").parts[-1].is_unfinished


def test_a_document_number_is_recognised_beside_words():
    understood = read("quyết định số 677")
    assert understood.number
    assert understood.number.figure == "677"
    assert len(understood.parts) >= 2


@pytest.mark.parametrize("typed", ["", "  ", "?!", "\u200b"])
def test_nothing_is_understood_as_nothing(typed):
    assert read(typed).is_empty


def test_long_queries_are_read_to_a_limit():
    assert sum(len(part.alternatives[0].folded) for part in read("một hai ba bốn năm " * 20).parts) <= 16


def test_an_empty_vocabulary_is_no_fault():
    assert understand("công dân", read_vocabulary([])).parts
