"""Codes, topics and outcomes of a dry run, without a database."""

from collections import Counter

from assessments.formats import gift
from assessments.formats.plan import CHANGE, CREATE, SAME, SKIP, Planner, Stored, judge
from assessments.rules.draws import Asking, Draw, Group, Stock

EASY = Group(1, "easy", "everyone")
TOPICS = {"ky-nang-so": 1, "ky nang so": 1, "phap-luat": 2}


def _lines(text, topics=TOPICS):
    planner = Planner(topics)
    return [planner.line(parsed) for parsed in gift.read(text.encode())]


def test_the_same_file_names_the_same_questions_again():
    text = "::Một::Hỏi?{T}\n\nHỏi?{F}\n\nHỏi?{=a}\n\nHỏi?{=b}\n\n// [id:mã 1]\nHỏi?{T}\n\n// [id:ma_1]\nHỏi?{T}"
    codes = [line.code for line in _lines(text)]
    assert codes == [line.code for line in _lines(text)]
    assert len(set(codes)) == len(codes)
    assert codes[-1] == "ma_1"
    assert all(line.outcome == CREATE for line in _lines(text))


def test_a_question_that_stands_twice_is_taken_once():
    same, other = _lines("// [id:a]\nMột{T}\n\n// [id:a]\nMột{T}\n\n// [id:a]\nHai{T}")[1:]
    assert (same.outcome, other.outcome) == (SKIP, SKIP)
    assert "2" in same.reasons[0]
    assert same.reasons != other.reasons
    assert [line.outcome for line in _lines("Một{T}\n\nMột{T}")] == [CREATE, SKIP]


def test_topics_are_found_by_slug_and_by_name_and_missed_with_a_note():
    text = "$CATEGORY: top/Kỹ năng số\n\nMột{T}\n\n$CATEGORY: phap-luat\n\nHai{T}\n\n$CATEGORY: Lạ\n\nBa{T}"
    one, two, three = _lines(text)
    assert [line.content["topic"] for line in (one, two, three)] == [1, 2, None]
    assert (one.reasons, len(three.reasons)) == ((), 1)


def _stored(line, **values):
    wording = {name: line.content[name] for name in ("kind", "prompt", "body", "feedback")}
    return Stored(**{"question": 7, "group": EASY, "is_retired": False, "wording": wording, **values})


def test_what_the_file_is_silent_on_stays():
    (line,) = _lines("Một\\nhai{T}")
    assert judge(line, _stored(line), Stock(Counter(), {})).outcome == SAME
    stored = _stored(line, wording={**_stored(line).wording, "prompt": "Một\r\nhai"})
    assert judge(line, stored, Stock(Counter(), {})).outcome == SAME


def test_changes_are_told_and_a_quiz_is_not_left_short():
    (line,) = _lines("$CATEGORY: phap-luat\n\nMột{T}")
    stock = Stock(Counter({EASY: 2}), {("Bài", 1): Asking([Draw(1, "", "", 1)])})
    assert judge(line, _stored(line), stock).outcome == CHANGE
    refused = judge(line, _stored(line), stock)
    assert (refused.outcome, refused.content, len(refused.reasons)) == (SKIP, None, 1)
    assert "Bài" in refused.reasons[0]
    assert judge(line, _stored(line, is_retired=True), stock).outcome == CHANGE
