"""Import never changes a question without a word: what files of others hold is kept in a form that means the same, or
the question is refused with the reason. Each of these once came in as something else.
"""

import base64
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from assessments.formats import gift, qti, xlsx
from assessments.formats.conversion import fit
from assessments.formats.plan import CREATE, SKIP, Planner
from assessments.formats.question import Problem
from assessments.formats.texts import from_html
from assessments.kinds import parse
from intake.texts import is_old_encoding
from tests.assessments.formats.test_moodle import _one
from tests.assessments.formats.test_qti import CHOICE, CORRECT, TEXT_ENTRY, _item, _read, _values

HALF = "<math xmlns='http://www.w3.org/1998/Math/MathML'><mfrac><mn>1</mn><mn>2</mn></mfrac></math>"
QUADRATIC = (
    "<math><mi>x</mi><mo>=</mo><mfrac><mrow><mo>−</mo><mi>b</mi><mo>±</mo><msqrt><msup><mi>b</mi><mn>2</mn></msup>"
    "<mo>−</mo><mn>4</mn><mi>a</mi><mi>c</mi></msqrt></mrow><mrow><mn>2</mn><mi>a</mi></mrow></mfrac></math>"
)
TABLE = "<table><tr><th>Năm</th><th>Số hội viên</th></tr><tr><td>2024</td><td>120</td></tr></table>"
MARKUP = [
    ("10<sup>3</sup> mét, H<sub>2</sub>O", "10³ mét, H₂O"),
    ("x<sup>a·b</sup>, log<sub>10</sub>", "x^(a·b), log₁₀"),
    (HALF, "1/2"),
    (QUADRATIC, "x=(-b±√(b²-4ac))/(2a)"),
    ("<math><msubsup><mi>a</mi><mn>1</mn><mn>2</mn></msubsup></math>", "a₁²"),
    ("<math><mroot><mn>8</mn><mn>3</mn></mroot></math>", "³√8"),
    (
        "<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable></math>",
        "[1, 2; 3]",
    ),
    (TABLE, "Năm | Số hội viên\n2024 | 120"),
    ("<p>Xếp:</p><ol><li>Một</li><li>Hai</li></ol>", "Xếp:\n1. Một\n2. Hai"),
]


def _essay(text, more=""):
    asked = f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>'
    return _one(f'<question type="essay">{asked}{more}</question>')


@pytest.mark.parametrize(("source", "text"), MARKUP)
def test_markup_of_moodle_and_gift_keeps_its_meaning(source, text):
    assert from_html(source) == text
    asked = _essay(source)
    assert fit(asked).prompt == text


@pytest.mark.parametrize(("source", "text"), MARKUP)
def test_markup_of_qti_keeps_its_meaning(source, text):
    declared = 'cardinality="single" base-type="string">'
    body = f'<div>{source}</div><qti-extended-text-interaction response-identifier="R"/>'
    assert fit(_read(_item(declared, body))).prompt == text


def test_a_formula_that_no_line_can_say_is_refused_with_the_reason():
    for source in ("<math><mlongdiv><mn>1</mn></mlongdiv></math>", "<math><mi>x"):
        question = _essay(f"A {source}")
        with pytest.raises(ValidationError, match="công thức"):
            fit(question)


def test_words_that_stood_out_are_told():
    (question,) = gift.read("Từ nào <u>sai</u>? {T}".encode())
    assert len(fit(question).notes) == 1
    assert len(_read(_item('cardinality="single" base-type="string">', "<p><b>A</b></p>")).notes) == 1


CLOZE = """<question type="cloze"><questiontext format="plain_text"><text>Nặng {1:NUMERICAL:=23.8:0.1} kg, cao
{1:NM:=4.0}, ở {1:SA:=Huế}.</text></questiontext></question>"""


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        (["23,75", "4", "hue"], 1),
        (["23.9", "4.0", "Huế"], 1),
        (["23.95", "4,1", "Huế"], 0.33),
        (["hai", "", "Huế"], 0.33),
    ],
)
def test_a_number_in_a_text_is_marked_as_a_number(answers, points):
    fitted = fit(_one(CLOZE))
    assert fitted.body["gaps"][0] == {"right": ["23.8"], "wrong": [], "tolerance": "0.1"}
    body = parse(fitted.kind, fitted.body)
    assert float(body.mark(answers, [[], [], []]).points) == points
    assert body.right_answer()[0] == "1. 23,8 (± 0,1)"


def test_a_float_gap_of_qti_takes_the_number_however_it_is_written():
    declared = CORRECT.format("single", _values("4.0")).replace("identifier", "float")
    second = declared.replace("4.0", "7")
    other = TEXT_ENTRY.replace('"R"', '"S"')
    answer = f'<qti-response-declaration identifier="S" {second}</qti-response-declaration>'
    item = _item(declared, f"<p>{TEXT_ENTRY} và {other}</p>").decode()
    content = item.replace("<qti-item-body>", f"{answer}<qti-item-body>")
    fitted = fit(_read(content.encode()))
    assert [gap["tolerance"] for gap in fitted.body["gaps"]] == ["0", "0"]
    assert parse("blanks", fitted.body).mark(["4", "7,0"], [[], []]).points == 1


TWO_NUMBERS = """<question type="numerical"><questiontext><text>Nghiệm?</text></questiontext>
<answer fraction="100"><text>2</text><tolerance>0</tolerance></answer>
<answer fraction="100"><text>-2</text><tolerance>0</tolerance></answer></question>"""


def test_a_second_right_number_is_no_partly_right_one():
    (of_gift,) = gift.read("Nghiệm? {#=2:0 =-2:0}".encode())
    declared = CORRECT.format("single", _values("2", "-2")).replace("identifier", "float")
    for question in (_one(TWO_NUMBERS), of_gift, _read(_item(declared, f"<p>{TEXT_ENTRY}</p>"))):
        with pytest.raises(ValidationError, match="Nhiều số"):
            fit(question)


STIMULUS = """<qti-assessment-stimulus xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="s" title="s">
<qti-stimulus-body><h2>Ngày hội</h2><p>Cả xã đi học.</p><p><img src="a.png" alt="Sân trường"/></p></qti-stimulus-body>
</qti-assessment-stimulus>"""


def _packed(files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def _manifest(*paths):
    items = "".join(f'<resource type="imsqti_item_xmlv3p0" href="{path}"/>' for path in paths)
    return f"<manifest><resources>{items}</resources></manifest>"


def test_the_text_that_several_items_share_stands_with_each():
    declared = CORRECT.format("single", _values("a"))
    reference = '<qti-assessment-stimulus-ref identifier="s" href="../chung/s.xml"/><qti-item-body>'
    item = _item(declared, "<p>Ai đi học?</p>" + INLINE).decode().replace("<qti-item-body>", reference)
    paths = ["items/1.xml", "items/2.xml"]
    files = {
        "imsmanifest.xml": _manifest(*paths),
        **dict.fromkeys(paths, item),
        "chung/s.xml": STIMULUS,
        "chung/a.png": b"png",
    }
    for question in qti.read(_packed(files)):
        assert question.prompt == "Ngày hội\nCả xã đi học.\nAi đi học?"
        assert [(each.name, each.alt) for each in question.media] == [("a.png", "Sân trường")]
    del files["chung/s.xml"]
    for question in qti.read(_packed(files)):
        with pytest.raises(ValidationError, match=r"s\.xml"):
            fit(question)


INLINE = """<p><qti-inline-choice-interaction response-identifier="R">
<qti-inline-choice identifier="a">Cả xã</qti-inline-choice><qti-inline-choice identifier="b">Ai đó</qti-inline-choice>
</qti-inline-choice-interaction></p>"""


def test_copies_under_one_identifier_are_questions_of_their_own():
    other = CHOICE.replace("Ai được hỏi", "Ai biết")
    planner = Planner({})
    files = {"imsmanifest.xml": _manifest("a.xml", "b.xml", "c.xml"), "a.xml": CHOICE, "b.xml": other, "c.xml": CHOICE}
    one, two, again = (planner.line(parsed) for parsed in qti.read(_packed(files)))
    assert (one.outcome, two.outcome, again.outcome) == (CREATE, CREATE, SKIP)
    assert one.code != two.code
    assert "“a.xml”" in again.reasons[0]
    assert "Dòng 0" not in " ".join([*two.reasons, *again.reasons])


SHORT = """<question type="shortanswer"><questiontext><text>Viết tên thủ đô</text></questiontext><usecase>1</usecase>
<answer fraction="100"><text>Hà Nội</text></answer>
<answer fraction="0"><text>*</text><feedback><text>Chưa đúng</text></feedback></answer></question>"""


def test_capital_letters_count_where_they_did():
    fitted = fit(_one(SHORT))
    body = parse(fitted.kind, fitted.body)
    assert [float(body.mark(text, []).points) for text in ("Hà Nội", "Ha Noi", "hà nội")] == [1, 1, 0]
    assert "is_case_exact" not in fit(_one(SHORT.replace("<usecase>1", "<usecase>0"))).body


def test_that_capital_letters_of_a_blank_count_no_more_is_told():
    assert len(fit(_one(CLOZE.replace("SA:", "SAC:"))).notes) == 1
    assert fit(_one(CLOZE)).notes == ()


def test_what_is_said_to_every_other_answer_is_not_said_to_everyone():
    fitted = fit(_one(SHORT))
    assert "Chưa đúng" not in fitted.feedback
    assert len(fitted.notes) == 1
    (question,) = gift.read("Bao nhiêu? {#=2:0#Giỏi ~#Sai rồi}".encode())
    assert "Sai rồi" not in fit(question).feedback
    with pytest.raises(ValidationError):
        fit(_one(SHORT.replace('fraction="0"', 'fraction="100"')))


def test_pictures_of_old_files_are_kept():
    packed = base64.b64encode(b"png").decode()
    old = _essay("Đâu?", f"<image>a.png</image><image_base64>{packed}</image_base64>")
    assert [(each.name, each.content) for each in old.media] == [("a.png", b"png")]
    within = f'Đâu? <img alt="Cờ" src="data:image/png;base64,{packed}">'
    assert [(each.name, each.content, each.alt) for each in _essay(within).media] == [("hinh.png", b"png", "Cờ")]
    with pytest.raises(ValidationError):
        fit(_essay(within.replace(packed, "%%%")))


@pytest.mark.parametrize(
    "text",
    [
        "¿Cuántos años tiene el niño español? Mañana la señora enseña.",
        "El «año» del señor «español»",
        "Les élèves sont partis en août ; le goût du fruit mûr plaît à tous les enfants de la ville et du maïs aussi",
        "Señal, baño, muñeca, niña",
    ],
)
def test_other_languages_are_not_taken_for_old_encodings(text):
    assert not is_old_encoding(text)


@pytest.mark.parametrize("text", ["C«ng d©n häc tËp, x· héi häc tËp", "Coâng daân hoïc taäp", "Ñaây laø vaên baûn cuõ"])
def test_old_encodings_are_still_known(text):
    assert is_old_encoding(text)


def test_each_refusal_has_a_reason_of_its_own():
    questions = [
        _one('<question type="calculated"><questiontext><text>A</text></questiontext></question>'),
        _one('<question type="ddmarker"><questiontext><text>A</text></questiontext></question>'),
        _one('<question type="cloze"><questiontext><text>A {1:MULTIRESPONSE:=a}</text></questiontext></question>'),
        _read(_item('cardinality="single" base-type="point">', '<qti-hotspot-interaction response-identifier="R"/>')),
        _read(_item('cardinality="single" base-type="string">', f"<p>{TEXT_ENTRY} và {TEXT_ENTRY}</p>")),
        _read(
            _item(
                'cardinality="single" base-type="string">',
                f'{TEXT_ENTRY}<qti-slider-interaction response-identifier="S"/>',
            )
        ),
        next(iter(gift.read("Nhìn <img src='a.png'> {T}".encode()))),
    ]
    reasons = set()
    for question in questions:
        with pytest.raises(ValidationError) as refused:
            fit(question)
        reasons.add(refused.value.messages[0])
    assert len(reasons) == len(questions)


def _sheet(*rows):
    book, content = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


HEADINGS = ["STT", "Câu hỏi", "A", "B", "C", "D", "Đáp án"]
OPTIONS = ["An", "Bình", "Chi", "Dũng"]


@pytest.mark.parametrize(
    ("key", "right"),
    [
        *(("B", "B"), ("b.", "B"), ("Bình", "B"), ("bình", "B"), (2, "B"), ("Đáp án: B", "B")),
        *(("A, C", "AC"), ("A và C", "AC"), ("AC", "AC"), ("An; Chi", "AC"), ("An\nChi", "AC")),
    ],
)
def test_a_teachers_own_list_is_read(key, right):
    above = [["TRƯỜNG THCS KIM ĐỒNG"], [], ["Đề ôn tập"]]
    (question,) = xlsx.read(_sheet(*above, HEADINGS, [1, "Ai?", *OPTIONS, key]))
    assert question.kind == ("single_choice" if len(right) == 1 else "multiple_choice")
    assert "".join("ABCD"[place] for place, choice in enumerate(question.choices) if choice.is_right) == right
    fit(question)


@pytest.mark.parametrize(
    "headings",
    [
        ["TT", "Nội dung câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Phương án D", "Đáp án đúng"],
        ["Số TT", "NỘI DUNG", "Đáp án A", "Đáp án B", "Đáp án C", "Đáp án D", "Trả lời đúng"],
        ["Câu", "Câu hỏi:", "a)", "b)", "c)", "d)", "ĐÁP ÁN"],
        ["STT", "Đề bài", "Lựa chọn A", "Lựa chọn B", "Lựa chọn C", "Lựa chọn D", "Phương án đúng"],
    ],
)
def test_by_any_of_the_usual_headings(headings):
    (question,) = xlsx.read(
        _sheet([*headings, "Mức độ", "Lời giải"], [1, "Ai?", *OPTIONS, "D", "Thông hiểu", "Vì thế"])
    )
    assert (question.prompt, question.choices[3].is_right) == ("Ai?", True)
    assert (question.difficulty, question.feedback) == ("medium", "Vì thế")


def test_true_or_false_and_what_cannot_be_told():
    nothing = [None] * 4
    rows = [[1, "Trời xanh?", *nothing, "Đ"], [2, "Ai?", *OPTIONS, ""], [3, "Mấy?", 3, 1, 2, 4, 3]]
    truth, empty, unclear = xlsx.read(_sheet(HEADINGS, *rows))
    assert (truth.kind, truth.answer) == ("true_false", True)
    assert isinstance(empty, Problem)
    assert isinstance(unclear, Problem)
    assert "3" in unclear.text
