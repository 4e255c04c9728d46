import unicodedata

import pytest

from search.language import fold_word, normalise, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuỷ lợi", "thủy lợi"),
        ("khoẻ", "khỏe"),
        ("hòan thành", "hoàn thành"),
        ("quí", "quý"),
        ("kĩ năng", "kỹ năng"),
        ("lí luận", "lý luận"),
        ("tỉ lệ", "tỷ lệ"),
        ("CÔNG DÂN", "công dân"),
        (unicodedata.normalize("NFD", "tiếng Việt"), "tiếng việt"),
    ],
)
def test_spellings_of_one_word_are_one(one, other):
    assert normalise(one) == normalise(other)
    assert [token.folded for token in tokens(one)] == [token.folded for token in tokens(other)]


@pytest.mark.parametrize(("one", "other"), [("tay", "tai"), ("thuý", "thúi"), ("ngày", "ngài"), ("của", "cùa")])
def test_different_words_stay_different(one, other):
    assert normalise(one) != normalise(other)


def test_what_is_well_written_stays():
    text = "giữ quyển sách của người thuở ấy, già quá, khuya, giếng, gì, tuổi, ngoằn ngoèo, quốc gia, wifi, gửi"
    assert normalise(text) == text


def test_folding_takes_marks_and_bars_away():
    assert fold_word("Đường") == "duong"
    assert fold_word("QUỸ") == "qui"


def test_tokens_say_where_they_stand_in_the_composed_text():
    text = "Kế hoạch 4742/KH-UBND"
    assert [(token.toned, token.folded) for token in tokens(text)] == [
        ("kế", "ke"), ("hoạch", "hoach"), ("4742", "4742"), ("kh", "kh"), ("ubnd", "ubnd"),
    ]  # fmt: skip
    decomposed = tokens(unicodedata.normalize("NFD", text))
    assert [text[token.start : token.end] for token in decomposed] == ["Kế", "hoạch", "4742", "KH", "UBND"]
