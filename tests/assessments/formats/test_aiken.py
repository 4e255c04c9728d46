"""Aiken files from elsewhere."""

from assessments.formats import aiken
from assessments.formats.question import Problem

TEXT = """Ai được hỏi mã OTP của bạn?
A. Ngân hàng
B) Không ai
ANSWER: B

Thiếu đáp án
A. Một
B. Hai
ANSWER: C

Hai dòng
một câu hỏi
A. Một
   nối tiếp
A. Hai
ANSWER: A

Chọn hai
A. Một
B. Hai
C. Ba
answer: a, c
Không có ANSWER
A. x
"""


def test_questions_are_read_and_bad_ones_told_by_line():
    good, missing, twice, two, open_ = aiken.read(TEXT.replace("\n", "\r\n").encode())
    assert (good.line, [choice.is_right for choice in good.choices]) == (1, [False, True])
    assert (two.kind, [choice.is_right for choice in two.choices]) == ("multiple_choice", [True, False, True])
    assert [problem.line for problem in (missing, twice, open_)] == [6, 11, 23]
    assert all(isinstance(problem, Problem) for problem in (missing, twice, open_))


def test_a_huge_line_is_a_problem():
    (problem,) = aiken.read(b"a" * 5_000_000 + b"\nA. x\nB. y\nANSWER: A\n")
    assert isinstance(problem, Problem)


def test_a_question_without_an_answer_does_not_swallow_the_next():
    unanswered, good = aiken.read("Thiếu ANSWER\nA. x\n\nB. y\n\nCâu tốt\nA. x\nB. y\n\nANSWER: B\n".encode())
    assert isinstance(unanswered, Problem)
    assert (good.line, good.prompt, len(good.choices)) == (6, "Câu tốt", 2)
