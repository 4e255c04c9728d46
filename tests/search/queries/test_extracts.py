from search.queries.extracts import Sought, extract, marked

LEARN = Sought(folded=(("hoc", "tap"),))


def plain(pieces):
    return "".join(piece.text for piece in pieces)


def hits(pieces):
    return [piece.text for piece in pieces if piece.is_hit]


def test_rows_are_hit_with_and_without_tones():
    assert hits(marked("Công dân Học tập", LEARN)) == ["Học tập"]


def test_a_row_is_hit_as_a_whole_only():
    assert hits(marked("học hành, tập tành, học tập", LEARN)) == ["học tập"]


def test_an_unfinished_word_is_hit_by_its_beginning():
    assert hits(marked("toàn an anh", Sought(beginnings=("an",)))) == ["an", "anh"]


def test_marking_loses_nothing():
    text = "<b>Học</b> & tập: “đường đi”"
    assert plain(marked(text, Sought(folded=(("hoc",), ("duong",))))) == text


def test_an_extract_shows_where_the_words_stand_together():
    text = "học " + "chữ " * 200 + "công dân học tập suốt đời " + "khác " * 200
    shown = plain(extract(text, Sought(folded=(("cong", "dan"), ("hoc",)))))
    assert "công dân học tập" in shown
    assert len(shown) < 260
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_without_hits_there_is_no_extract():
    assert extract("một hai ba", Sought(folded=(("bon",),))) == []


def test_a_short_text_is_shown_whole():
    assert plain(extract("một hai ba", Sought(folded=(("hai",),)))) == "một hai ba"


def test_with_marks_typed_other_marks_are_not_hit_where_the_typed_ones_occur():
    sought = Sought(toned=(("minh", "chứng"),), folded=(("minh", "chung"),))
    assert hits(marked("mình chung nhà giữ minh chứng", sought)) == ["minh chứng"]


def test_marks_that_nowhere_occur_are_not_insisted_on():
    assert hits(marked("Ban công", Sought(toned=(("bán",),), folded=(("ban",),)))) == ["Ban"]


def test_both_ways_of_placing_a_tone_are_hit():
    assert hits(marked("Hoà giải", Sought(toned=(("hòa",),)))) == ["Hoà"]
