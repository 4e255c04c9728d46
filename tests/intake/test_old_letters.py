import pytest

from intake.old_letters import Letters, converted, letters_of


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("TrÇn ThÞ ¸nh, D­¬ng V¨n §ç, Hoµng ThÞ Uyªn", Letters.TCVN3),
        ("Traàn Thò AÙnh, Döông Vaên Ñoã, Hoaøng Thò Uyeân", Letters.VNI),
    ],
)
def test_what_was_typed_before_unicode_is_told_and_read(typed, letters):
    assert letters_of([typed]) == letters
    assert converted(typed, letters).casefold() == "trần thị ánh, dương văn đỗ, hoàng thị uyên"


@pytest.mark.parametrize(
    "texts",
    [["Hoà", "Lê Hà"], ["Nguyễn Văn Hùng"], ["Noël", "Françoise"], ["Y Bhăm Niê", "H'Hen Niê"], ["Anh"], []],
)
def test_unicode_stays_as_it_is(texts):
    assert letters_of(texts) == Letters.UNICODE


@pytest.mark.parametrize("texts", [["Nguyễn Văn Hùng", "NguyÔn V¨n Hïng"], ["Leâ"]])
def test_what_may_be_either_is_in_doubt(texts):
    assert letters_of(texts) is None
