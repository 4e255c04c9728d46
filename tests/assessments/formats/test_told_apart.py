"""What looks alike in the files of others and means something else: it is told apart, noted or refused."""

import pytest
from django.core.exceptions import ValidationError

from assessments.formats import xlsx
from assessments.formats.conversion import fit
from assessments.formats.question import Problem
from assessments.formats.texts import from_html
from intake.plan import UnreadableError
from tests.assessments.formats.test_moodle import _one
from tests.assessments.formats.test_qti import CORRECT, TEXT_ENTRY, _item, _read, _values
from tests.assessments.formats.test_unchanged import HEADINGS, OPTIONS, _essay, _sheet

HALF = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"
CUBED = "<msup><mn>10</mn><mn>3</mn></msup>"


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (f"<mn>1</mn>{HALF}", "1 1/2"),
        (f"<mrow><mn>1</mn></mrow><mrow>{HALF}</mrow>", "1 1/2"),
        (f"<mn>2</mn><mo>\u2062</mo>{CUBED}", "2·10³"),
        (f"<mn>2</mn>{CUBED}", "2 10³"),
        ("<mn>2</mn><mo>\u2062</mo><mi>x</mi>", "2x"),
        (f"{HALF}<mi>x</mi>", "(1/2)x"),
        (f"<mi>a</mi><mo>÷</mo>{HALF}", "a÷(1/2)"),
        ("<msqrt><mn>2</mn></msqrt><mi>x</mi>", "√2 x"),
        ("<mn>2</mn><mroot><mn>8</mn><mn>3</mn></mroot>", "2 ³√8"),
        ("<mn>1</mn><mn>2</mn>", "1 2"),
        ("<msup><mrow><mn>1</mn><mn>2</mn></mrow><mn>2</mn></msup>", "(1 2)²"),
        ("<mn>1</mn><mspace width='1em'/><mtext>2</mtext>", "1 2"),
        ("<mi>a</mi><mi>b</mi><mn>2</mn><mi>c</mi>", "ab2c"),
        ("<mn>2</mn><mi>sin</mi><mo>\u2061</mo><mi>x</mi>", "2 sin x"),
    ],
)
def test_what_stands_side_by_side_in_a_formula(row, text):
    assert from_html(f"<math>{row}</math>") == text


LISTS = [
    ('<ol type="A"><li>Một</li><li>Hai</li></ol>', "A. Một\nB. Hai"),
    ('<ol start="4"><li>Một</li><li value="9">Hai</li><li>Ba</li></ol>', "4. Một\n9. Hai\n10. Ba"),
    ('<ol style="list-style-type: lower-roman"><li>Một</li><li>Hai</li></ol>', "i. Một\nii. Hai"),
]


@pytest.mark.parametrize(("source", "text"), LISTS)
def test_lines_of_a_list_keep_their_numbers(source, text):
    assert from_html(source) == text
    body = f'<div>{source}</div><qti-extended-text-interaction response-identifier="R"/>'
    assert _read(_item('cardinality="single" base-type="string">', body)).prompt == text


@pytest.mark.parametrize(
    "source",
    [
        "<math><mfrac linethickness='0'><mn>5</mn><mn>2</mn></mfrac></math>",
        "<math><mfenced separators='|'><mn>5</mn><mn>2</mn></mfenced></math>",
        "<math><menclose notation='updiagonalstrike'><mn>5</mn></menclose></math>",
        "<ol reversed><li>Một</li></ol>",
        '<ol style="list-style-type: lower-greek"><li>Một</li></ol>',
    ],
)
def test_what_no_line_can_say_is_refused(source):
    with pytest.raises(ValidationError, match="công thức"):
        fit(_essay(f"Câu nào? {source}"))


def test_the_fourth_option_is_no_truth():
    nothing = [None] * 4
    fourth, truth, untruth = xlsx.read(
        _sheet(HEADINGS, [1, "Ai?", *nothing, "D"], [2, "Trời xanh?", *nothing, "đ"], [3, "Trời đỏ?", *nothing, "S"])
    )
    assert isinstance(fourth, Problem)
    assert (truth.answer, untruth.answer) == (True, False)


def test_the_heading_of_the_template_wins_over_others():
    (question,) = xlsx.read(_sheet(["STT", "Nội dung", *HEADINGS[1:]], [1, "Chương một", "Ai?", *OPTIONS, "B"]))
    assert question.prompt == "Ai?"


def test_two_headings_for_one_thing_are_refused_by_name():
    headings = ["STT", "Nội dung", "Đề bài", *HEADINGS[2:]]
    with pytest.raises(UnreadableError, match=r"Nội dung.*Đề bài"):
        list(xlsx.read(_sheet(headings, [1, "Chương một", "Ai?", *OPTIONS, "B"])))


@pytest.mark.parametrize("heading", ["ID", "Mã", "Mã câu", "Mã câu hỏi"])
def test_running_numbers_of_a_list_are_no_codes(heading):
    (question,) = xlsx.read(_sheet([heading, *HEADINGS[1:]], [1, "Ai?", *OPTIONS, "B"]))
    assert question.code == ""


@pytest.mark.parametrize(
    "gaps",
    [
        "{1:SA:=Huế~%50%Thừa Thiên} và {1:SA:=Vinh}",
        "{1:MC:=Huế~%50%Vinh} và {1:SA:=Vinh}",
        "{2:SA:=Huế} và {1:SA:=Vinh}",
        "{1:SA:=Huế#Giỏi} và {:SA:=Vinh}",
    ],
)
def test_what_a_text_with_blanks_counted_and_said_is_told(gaps):
    source = (
        f'<question type="cloze"><questiontext format="plain_text"><text>Ở {gaps}.</text></questiontext></question>'
    )
    assert len(fit(_one(source)).notes) == 1


MAPPED = """cardinality="single" base-type="string"><qti-mapping>{}</qti-mapping>"""
ENTRY = '<qti-map-entry map-key="{}" mapped-value="{}"{}/>'


def _two_blanks(first):
    second = CORRECT.format("single", _values("Vinh")).replace('"identifier"', '"string"')
    other = TEXT_ENTRY.replace('"R"', '"S"')
    answer = f'<qti-response-declaration identifier="S" {second}</qti-response-declaration><qti-item-body>'
    item = _item(first, f"<p><b>Ở</b> {TEXT_ENTRY} và {other}</p>").decode()
    return fit(_read(item.replace("<qti-item-body>", answer).encode()))


def test_what_earns_a_part_fills_no_blank_of_qti_and_notes_stay():
    emphasis = len(_two_blanks(MAPPED.format(ENTRY.format("Huế", 1, ""))).notes)
    assert emphasis == 1
    fitted = _two_blanks(MAPPED.format(ENTRY.format("Huế", 1, "") + ENTRY.format("Thừa Thiên", 0.5, "")))
    assert fitted.body["gaps"][0]["right"] == ["Huế"]
    assert len(fitted.notes) == 2
    assert len(_two_blanks(MAPPED.format(ENTRY.format("Huế", 1, ' case-sensitive="true"'))).notes) == 2


def test_capital_letters_count_where_qti_says_so():
    entry = ENTRY.format("Huế", 1, ' case-sensitive="{}"')
    for told, counts in (("true", True), ("false", False)):
        question = _read(_item(MAPPED.format(entry.format(told)), f"<p>Ở {TEXT_ENTRY}</p>"))
        assert fit(question).body.get("is_case_exact", False) is counts
