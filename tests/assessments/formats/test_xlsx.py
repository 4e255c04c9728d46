"""The spreadsheet that trainers fill in."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from assessments.formats import xlsx
from assessments.formats.conversion import fit
from assessments.formats.question import Problem
from assessments.formats.xlsx import columns
from intake.plan import UnreadableError
from tests.assessments.formats.test_qti import _zip


def _sheet(*rows):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


HEAD = ["LOẠI", "cau hoi", "Đáp án đúng", "Phương án 1", "Phương án 2", "Ghép với 1", "Ghép với 2", "Ghi chú riêng"]


def test_headings_may_stand_lower_in_any_order_and_without_accents():
    rows = [
        ["Đề kiểm tra"], [], HEAD,
        ["Một lựa chọn", "Ai?", 2, "An", "Bình"], [],
        ["nhieu lua chon", "Những ai?", "a và B", "An", 1945.0],
        ["Đúng/Sai", "Đúng không?", True],
        ["Ghép đôi", "Ghép", None, "a", "b", "1", "2"],
    ]  # fmt: skip
    one, many, truth, pairs = xlsx.read(_sheet(*rows))
    assert (one.line, [choice.is_right for choice in one.choices]) == (4, [False, True])
    assert [(choice.text, choice.is_right) for choice in many.choices] == [("An", True), ("1945", True)]
    assert (truth.answer, pairs.pairs) == (True, (("a", "1"), ("b", "2")))


@pytest.mark.parametrize("key", ["", "3", "0", "đúng", "1; 99", None])
def test_a_key_that_names_no_option_is_told_by_row(key):
    (problem,) = xlsx.read(_sheet(HEAD, ["Một lựa chọn", "Ai?", key, "An", "Bình"]))
    assert isinstance(problem, Problem)
    assert problem.line == 2


def test_an_unknown_kind_is_told_and_stops_no_other():
    problem, good = xlsx.read(_sheet(HEAD, ["Ô chữ", "Viết"], ["Đúng hay sai", "Ừ?", "Sai"]))
    assert isinstance(problem, Problem)
    assert good.answer is False


def test_text_that_looks_like_a_formula_is_text():
    (question,) = xlsx.read(_sheet(HEAD, ["Đúng hay sai", "x", "Sai"]))
    content = xlsx.write([type(question)(**{**question.__dict__, "prompt": "=HYPERLINK(1)", "code": "+1"})])
    cells = [cell for row in load_workbook(BytesIO(content)).active.iter_rows(min_row=2) for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_template_is_empty_and_its_examples_would_all_fit():
    assert list(xlsx.read(xlsx.template())) == []
    workbook = load_workbook(BytesIO(xlsx.template()))
    assert workbook.sheetnames == ["Câu hỏi", "Ví dụ", "Hướng dẫn"]
    del workbook["Câu hỏi"]
    content = BytesIO()
    workbook.save(content)
    assert {fit(question).kind for question in xlsx.read(content.getvalue())} == set(columns.KINDS)


@pytest.mark.parametrize(
    "content",
    [
        b"PK",
        _sheet(HEAD)[:-40],
        _zip({"xl/workbook.xml": "<a/>"}),
        _zip({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}),
        _sheet(["Họ tên", "Năm sinh"]),
        _sheet(),
        b"Loai,Cau hoi",
    ],
    ids=["cut", "cut off", "no workbook", "entities", "other table", "empty", "csv"],
)
def test_other_files_are_refused_in_words(content):
    with pytest.raises(UnreadableError):
        list(xlsx.read(content))


NUMBERS = ["Loại", "Câu hỏi", "Đáp án đúng", "Sai số", "Đơn vị", "Phải viết đơn vị"]


@pytest.mark.parametrize(
    ("key", "number"), [(12.5, "12.5"), (100, "100"), ("1.234,5", "1234.5"), (1.234, "1.234"), ("0,5", "0.5")]
)
def test_numbers_are_read_as_cells_or_as_they_are_written_here(key, number):
    (question,) = xlsx.read(_sheet(NUMBERS, ["Số", "Nặng?", key, "", "kg; ki-lô-gam", "Có"]))
    assert (question.number, question.tolerance) == (number, "0")
    assert (question.units, question.is_unit_asked) == (("kg", "ki-lô-gam"), True)


def test_a_number_that_reads_in_two_ways_is_told():
    problem, good = xlsx.read(_sheet(NUMBERS, ["Số", "Nặng?", "1.234"], ["Số", "Nặng?", "1234"]))
    assert isinstance(problem, Problem)
    assert good.number == "1234"


def test_points_that_are_no_number_are_told():
    (problem,) = xlsx.read(_sheet(HEAD, ["Tự luận", "Viết", "", "Đủ ý", "", "nhiều"]))
    assert isinstance(problem, Problem)
