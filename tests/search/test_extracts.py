from search.extracts import extract, marked
from training_materials.folding import toned_query_words


def plain(pieces):
    return "".join(piece.text for piece in pieces)


def hits(pieces):
    return [piece.text for piece in pieces if piece.is_hit]


def test_words_are_hit_with_and_without_tones():
    assert hits(marked("Công dân Học tập", ["hoc", "tap"])) == ["Học", "tập"]


def test_a_word_is_hit_by_its_beginning_only():
    assert hits(marked("toàn an anh", ["an"])) == ["an", "anh"]


def test_marking_loses_nothing():
    text = "<b>Học</b> & tập: “đường đi”"
    assert plain(marked(text, ["hoc", "duong"])) == text


def test_an_extract_shows_where_the_words_stand_together():
    text = "học " + "chữ " * 200 + "công dân học tập suốt đời " + "khác " * 200
    shown = plain(extract(text, ["cong", "dan", "hoc"]))
    assert "công dân học tập" in shown
    assert len(shown) < 260
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_without_hits_there_is_no_extract():
    assert extract("một hai ba", ["bon"]) == []


def test_a_short_text_is_shown_whole():
    assert plain(extract("một hai ba", ["hai"])) == "một hai ba"


def test_with_marks_typed_other_marks_are_not_hit():
    toned = toned_query_words("minh chứng")
    assert hits(marked("mình giữ minh chứng chừng nào", ["minh", "chung"], toned)) == ["minh", "chứng"]


def test_marks_that_nowhere_occur_are_not_insisted_on():
    assert hits(marked("Ban công", ["ban"], toned_query_words("bán"))) == ["Ban"]
