import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interface.vietnamese import fold, folded_form, is_vietnamese, nfc, sort_key

LETTERS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệỳỷỹýỵ ĐÂĂÊÔƠƯ", max_size=40)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_composed_and_decomposed_text_fold_alike(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(LETTERS)
def test_folded_vietnamese_is_plain_ascii(text):
    assert fold(text).isascii()


@given(LETTERS)
def test_sort_key_is_the_same_for_both_forms(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(text)


@given(st.text(max_size=120))
def test_sort_key_fits_its_column(text):
    assert len(sort_key(text[:120])) <= 800


@given(LETTERS)
def test_sort_key_is_figures_alone_so_that_collations_agree(text):
    assert sort_key(text).strip("0123456789") == ""


@given(st.text(max_size=60))
def test_stored_form_is_stable(text):
    assert nfc(nfc(text)) == nfc(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Công dân học tập", "cong dan hoc tap"),
        ("ĐÀ  NẴNG", "da nang"),
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        ("  Đặng Thị Lan ", "dang thi lan"),
    ],
)
def test_search_compares_without_marks(text, folded):
    assert fold(text) == folded


def test_people_sort_by_given_name_then_family_name():
    names = ["Trần Văn Bình", "Nguyễn Thị An", "Đặng Văn An", "Lê Ân", "Phan Thị Đào", "Hồ Văn Dũng", "Dương An"]
    assert sorted(names, key=sort_key) == [
        "Dương An",
        "Đặng Văn An",
        "Nguyễn Thị An",
        "Lê Ân",
        "Trần Văn Bình",
        "Hồ Văn Dũng",
        "Phan Thị Đào",
    ]


def test_letters_count_before_tones():
    assert sorted(["Hoan", "Hòa", "Hoa", "Hoá", "Hoạ", "Hoả", "Hoã"], key=sort_key) == [
        "Hoa",
        "Hòa",
        "Hoả",
        "Hoã",
        "Hoá",
        "Hoạ",
        "Hoan",
    ]


def test_where_the_tone_is_written_makes_no_difference():
    assert sort_key("Nguyễn Hòa") == sort_key("Nguyễn Hoà")


def test_forms_part_words_at_marks_and_fold_tones():
    assert folded_form("Kế hoạch 4742/KH-UBND", "đường") == " ke hoach 4742 kh ubnd duong "


@pytest.mark.parametrize(("text", "is_so"), [("Bài", True), ("Đo", True), ("ưa", True), ("An toàn", True),
                                             ("Wi-Fi 100 %, “OTP”", False)])  # fmt: skip
def test_vietnamese_is_known_by_its_letters_and_tones(text, is_so):
    for form in ("NFC", "NFD"):
        assert is_vietnamese(unicodedata.normalize(form, text)) == is_so
