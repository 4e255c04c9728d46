from training_materials.folding import folded_form


def test_forms_part_words_at_marks_and_fold_tones():
    assert folded_form("Kế hoạch 4742/KH-UBND", "đường") == " ke hoach 4742 kh ubnd duong "
