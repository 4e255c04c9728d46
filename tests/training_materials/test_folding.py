import unicodedata

from training_materials.folding import folded_form, query_words, toned_form, toned_query_words


def test_forms_part_words_at_marks_and_fold_tones():
    assert folded_form("Kế hoạch 4742/KH-UBND", "đường") == " ke hoach 4742 kh ubnd duong "


def test_both_ways_of_placing_a_tone_are_one_form():
    assert toned_form("Hoà") == toned_form("hòa") == toned_form(unicodedata.normalize("NFD", "HÒA"))


def test_a_query_without_marks_says_nothing_about_tones():
    assert toned_query_words("hoc tap") == []
    assert toned_query_words("học tap") != []


def test_repeated_words_count_once_and_there_is_a_limit():
    assert query_words("học học Hoc") == ["hoc"]
    assert len(query_words(" ".join(f"tu{n}" for n in range(50)))) == 12
