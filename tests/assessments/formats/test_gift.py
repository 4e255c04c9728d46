"""GIFT: the grammar against known parses, and what becomes of questions that the bank cannot hold."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assessments.formats import gift
from assessments.formats.gift.reader import blocks
from assessments.formats.gift.syntax import parse
from assessments.formats.question import PlainQuestion, Problem
from intake.plan import UnreadableError

DATA = Path(__file__).parent / "data" / "gift"


def _text(text):
    return {"format": text.format, "text": text.text} if text else None


def _as_known(block):
    item = parse(block.text)
    known = {
        "type": item.type,
        "title": item.title,
        "stem": _text(item.stem),
        "hasEmbeddedAnswers": item.is_embedded,
        "tags": list(block.tags) or None,
        "id": block.code or None,
    }
    if item.type != "Description":
        known["globalFeedback"] = _text(item.general)
    if item.type == "TF":
        both = [*item.feedbacks, None, None]
        known |= {"isTrue": item.is_true, "trueFeedback": _text(both[0]), "falseFeedback": _text(both[1])}
    if item.type in ("MC", "Short"):
        known["choices"] = [
            {
                "isCorrect": answer.is_correct,
                "weight": float(answer.weight) if answer.weight else None,
                "text": _text(answer.text),
                "feedback": _text(answer.feedback),
            }
            for answer in item.answers
        ]
    return known


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("*.gift")))
def test_questions_parse_as_others_parse_them(name):
    text = (DATA / f"{name}.gift").read_text().replace("\r\n", "\n")
    assert [_as_known(block) for block in blocks(text)] == json.loads((DATA / f"{name}.json").read_text())


def _read(text):
    return list(gift.read(text.encode()))


def test_lines_are_told_across_comments_categories_and_line_ends():
    text = "// Mở đầu\r\n\r\n$CATEGORY: top/Kỹ năng số\r\n\r\n// [id:otp-1]\r\nHỏi?{T}\r\n\r\n\r\nHai?{F}\r\n"
    one, two = _read(text)
    assert (one.line, one.code, one.topic, one.answer) == (6, "otp-1", "Kỹ năng số", True)
    assert (two.line, two.code, two.topic, two.answer) == (9, "", "Kỹ năng số", False)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Năm nào? {#1945:1}", "numeric"),
        ("Năm nào? {#\n=1945:0\n=%50%1945:2}", "numeric"),
        ("Viết {}", "written"),
        ("Viết {####chung}", "written"),
        ("Chỉ đọc.", "description"),
        ("Ai? {=An ~Bình}", "single_choice"),
        ("Ai? {~%50%An ~%50%Bình ~%-100%Chi}", "multiple_choice"),
        ("Ai? {=An =Bình}", "short_text"),
        ("Ghép {=a->b =c->d}", "matching"),
        ("Xếp {>ALL VERTICAL\nmột\nhai}", "ordering"),
        ("Xếp {>một\nhai}", "ordering"),
        ("Nhìn <img src='a.png'> {T}", "foreign"),
    ],
)
def test_each_form_of_answer_is_known(text, kind):
    assert [question.kind for question in _read(text)] == [kind]


def test_weights_feedback_and_formats_are_kept():
    (question,) = _read("[html]<p>Một &amp; <b>hai</b></p>{=%100%Frog#Tốt ~%50%[plain]a<b#sao?####<p>chung</p>}")
    assert question.prompt == "Một & hai"
    assert [choice.text for choice in question.choices] == ["Frog", "a<b"]
    assert [choice.percent for choice in question.choices] == [Decimal(100), Decimal(50)]
    assert [choice.feedback for choice in question.choices] == ["Tốt", "sao?"]
    assert question.feedback == "chung"


@pytest.mark.parametrize("text", ["a {T", "a } b", "a {T} {F}", "a {b}", "a {{=b}}"])
def test_a_bad_question_is_told_with_its_line_and_stops_no_other(text):
    first, bad, last = _read(f"Một{{T}}\n\n{text}\n\nHai{{F}}")
    assert isinstance(first, PlainQuestion)
    assert isinstance(bad, Problem)
    assert (bad.line, bad.excerpt) == (3, text)
    assert last.answer is False


def test_a_piece_too_long_is_a_problem_and_quick():
    (problem,) = _read("a" * 2_000_000)
    assert isinstance(problem, Problem)
    assert len(problem.excerpt) <= 120


def test_other_encodings_are_refused_by_line():
    with pytest.raises(UnreadableError, match="2"):
        list(gift.read(b"Mot{T}\n\xe0 la carte{F}"))
    assert next(iter(gift.read("Một{T}".encode("utf-16")))).prompt == "Một"
    assert next(iter(gift.read(b"\xef\xbb\xbf" + "Một{T}".encode()))).prompt == "Một"
    with pytest.raises(UnreadableError):
        list(gift.read(b"PK\x03\x04\x00\x00"))


@pytest.mark.parametrize(
    ("text", "number", "tolerance"),
    [
        ("Năm? {#1822}", "1822", "0"),
        ("Năm? {#1822:1}", "1822", "1"),
        ("Pi? {#3.141..3.142}.", "3.1415", "0.0005"),
        ("Năm? {#\n =1822:0 #đúng\n =%50%1822:2 #gần}", "1822", "0"),
        ('Từ 1 đến 5? {#3:2~#Sai}";', "3", "2"),
        ("Bao nhiêu? {#12,5:0,5}", "12.5", "0.5"),
    ],
)
def test_numbers_have_their_tolerance_as_difference_or_range(text, number, tolerance):
    (question,) = _read(text)
    assert (question.kind, question.number, question.tolerance) == ("numeric", number, tolerance)


def test_other_numbers_and_what_is_said_to_them_are_told():
    (question,) = _read("Năm? {#=1822:0#đúng =%50%1822:2#gần}")
    assert question.feedback == "đúng\ngần"
    assert len(question.notes) == 1
