"""Moodle XML from elsewhere: every type, damaged files, and files made to do harm."""

import pytest
from django.core.exceptions import ValidationError

from assessments.formats import moodle
from assessments.formats.conversion import fit
from assessments.formats.question import Problem
from intake.plan import UnreadableError

QUIZ = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
  <question type="category"><category><text>$course$/top/Kỹ năng số</text></category></question>
  <question type="multichoice">
    <name><text>OTP</text></name>
    <questiontext format="html"><text><![CDATA[<p>Ai được hỏi mã <b>OTP</b> &amp; mật khẩu?</p>]]></text></questiontext>
    <generalfeedback format="html"><text>&lt;p&gt;Không ai cả.&lt;/p&gt;</text></generalfeedback>
    <single>true</single><idnumber>otp-1</idnumber>
    <answer fraction="100" format="html"><text>Không ai</text><feedback><text>Đúng</text></feedback></answer>
    <answer fraction="0" format="html"><text>Công an</text></answer>
  </question>
  <question type="numerical"><questiontext><text>Bao nhiêu?</text></questiontext></question>
  <question type="truefalse">
    <questiontext><text>Đúng?</text></questiontext>
    <answer fraction="0"><text>true</text></answer><answer fraction="100"><text>false</text></answer>
  </question>
  <question type="multichoice"><questiontext format="html"><text>&lt;img src="@@PLUGINFILE@@/a.png"&gt;</text>
    <file name="a.png" encoding="base64">AAAA</file></questiontext></question>
  <question type="shortanswer"><name><text>không có lời</text></name></question>
  <question type="multichoiceset"><questiontext><text>Lạ</text></questiontext></question>
</quiz>"""


def test_types_lines_topics_and_text_are_read():
    choice, number, truth, picture, broken, strange = moodle.read(QUIZ.encode())
    assert (choice.prompt, choice.topic, choice.code) == ("Ai được hỏi mã OTP & mật khẩu?", "Kỹ năng số", "otp-1")
    assert (choice.line, choice.feedback, choice.choices[0].feedback) == (4, "Không ai cả.", "Đúng")
    assert [choice.is_right for choice in choice.choices] == [True, False]
    assert (number.kind, truth.answer, strange.kind) == ("numeric", False, "foreign")
    assert [(each.name, each.content, each.alt, each.place) for each in picture.media] == [
        ("a.png", b"\0\0\0", "", None)
    ]
    assert isinstance(broken, Problem)


BOMB = """<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<quiz><question type="essay"><questiontext><text>&b;</text></questiontext></question></quiz>"""
FETCH = '<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'


@pytest.mark.parametrize(
    "content",
    [
        BOMB.encode(),
        FETCH.encode(),
        QUIZ.encode()[:900],
        b"<html/>",
        b"",
        b"GIFT {T}",
        b"<quiz>" + b"<a>" * 5000,
        b'<?xml version="1.0" encoding="klingon"?><quiz/>',
        b"<quiz>\xff\xfe</quiz>",
    ],
)
def test_harmful_and_damaged_files_are_refused_in_words(content):
    with pytest.raises(UnreadableError):
        list(moodle.read(content))


def _one(body):
    (question,) = moodle.read(f"<quiz>{body}</quiz>".encode())
    return question


CLOZE = """<question type="cloze"><questiontext format="plain_text"><text>Thủ đô [1] là
{1:SHORTANSWER:=Hà Nội#Đúng~%50%Hà Nộii~*#Sai}, năm {2:MULTICHOICE_V:1954~=1945~%50%1946}, có {:NM:=63:1} tỉnh.
</text></questiontext></question>"""


def test_blanks_in_a_text_are_written_or_chosen():
    fitted = fit(_one(CLOZE))
    assert fitted.prompt == "Điền vào chỗ trống."
    assert fitted.body["text"].replace("\n", " ") == "Thủ đô (1) là [1], năm [2], có [3] tỉnh."
    assert [(gap["right"], gap["wrong"]) for gap in fitted.body["gaps"]] == [
        (["Hà Nội"], []), (["1945"], ["1954", "1946"]), (["63"], [])
    ]  # fmt: skip


def test_a_text_with_a_sort_of_blank_that_the_bank_does_not_hold_is_foreign():
    assert _one(CLOZE.replace("MULTICHOICE_V", "MULTIRESPONSE")).kind == "foreign"
    assert _one(CLOZE.replace("=Hà Nội", "Hà Nội")).kind == "foreign"


@pytest.mark.parametrize(("kind", "box"), [("ddwtos", "dragbox"), ("gapselect", "selectoption")])
def test_words_dragged_or_selected_into_a_text_become_choices_of_their_group(kind, box):
    boxes = [("Hà Nội", 1), ("Huế", 1), ("1945", 2), ("1975", 2)]
    listed = "".join(f"<{box}><text>{text}</text><group>{group}</group></{box}>" for text, group in boxes)
    text = "Thủ đô [[1]], năm [[3]]."
    question = _one(f'<question type="{kind}"><questiontext><text>{text}</text></questiontext>{listed}</question>')
    body = fit(question).body
    assert body["text"] == "Thủ đô [1], năm [2]."
    assert [(gap["right"], gap["wrong"]) for gap in body["gaps"]] == [(["Hà Nội"], ["Huế"]), (["1945"], ["1975"])]


def test_numbers_have_tolerance_and_units_and_those_to_convert_are_told():
    units = "".join(
        f"<unit><multiplier>{factor}</multiplier><unit_name>{name}</unit_name></unit>"
        for name, factor in [("kg", "1"), ("ki-lô-gam", "1.0"), ("g", "1000")]
    )
    question = _one(
        '<question type="numerical"><questiontext><text>Nặng?</text></questiontext>'
        '<answer fraction="100"><text>12.5</text><tolerance>0.5</tolerance></answer>'
        f"<units>{units}</units><unitgradingtype>1</unitgradingtype><showunits>0</showunits></question>"
    )
    assert fit(question).body == {
        "number": "12.5", "tolerance": "0.5", "units": ["kg", "ki-lô-gam"], "is_unit_asked": True
    }  # fmt: skip
    assert len(question.notes) == 1


def test_an_essay_keeps_what_markers_are_told():
    question = _one(
        '<question type="essay"><questiontext><text>Viết</text></questiontext>'
        '<graderinfo format="html"><text>&lt;p&gt;Ba ý&lt;/p&gt;</text></graderinfo></question>'
    )
    assert fit(question).body["guide"] == "Ba ý"


def _question(kind, inner):
    text = f'<quiz><question type="{kind}"><questiontext format="html">{inner}</question></quiz>'
    return next(iter(moodle.read(text.encode())))


FILE = '<file name="bản đồ.png" path="/" encoding="base64">cG5n</file>'
PICTURE = '<p>Đâu?</p><img src="@@PLUGINFILE@@/b%E1%BA%A3n%20%C4%91%E1%BB%93.png" alt="Bản đồ" width="3">'
SOUND = '<audio controls="true"><source src="@@PLUGINFILE@@/nghe.mp3?time=1">nghe.mp3</audio>'


def test_pictures_and_sounds_stand_beside_the_question_and_its_options():
    question = _question(
        "multichoice",
        f"<text><![CDATA[{PICTURE}]]></text>{FILE}</questiontext>"
        f'<answer fraction="100" format="html"><text><![CDATA[Một{SOUND}]]></text>'
        '<file name="nghe.mp3" encoding="base64">SUQz</file></answer>'
        '<answer fraction="0" format="html"><text><![CDATA[<a href="@@PLUGINFILE@@/nghe.mp3">Lời hai</a>]]></text>'
        '<file name="nghe.mp3" encoding="base64">SUQz</file></answer>',
    )
    assert (question.prompt, [choice.text for choice in question.choices]) == ("Đâu?", ["Một", "Lời hai"])
    assert [(each.name, each.content, each.alt, each.place) for each in question.media] == [
        ("bản đồ.png", b"png", "Bản đồ", None),
        ("nghe.mp3", b"ID3", "", 0),
        ("nghe.mp3", b"ID3", "Lời hai", 1),
    ]
    with pytest.raises(ValidationError, match=r"nghe\.mp3"):
        fit(question)


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (PICTURE, ""),
        (PICTURE, FILE.replace("cG5n", "c*G5n")),
        ('<img src="https://example.org/a.png" alt="Xa">', ""),
        (PICTURE + PICTURE, FILE),
        ('<iframe src="https://example.org"></iframe><video src="a.mp4"></video>', ""),
    ],
    ids=["missing", "damaged", "elsewhere", "two pictures", "video"],
)
def test_what_cannot_be_shown_is_refused_with_the_reason(text, files):
    with pytest.raises(ValidationError):
        fit(_question("essay", f"<text><![CDATA[Hỏi? {text}]]></text>{files}</questiontext>"))


def test_a_picture_in_a_pair_has_no_place_and_one_in_an_explanation_is_left_out_with_a_note():
    pair = f"<subquestion><text><![CDATA[{PICTURE}]]></text>{FILE}<answer><text>A</text></answer></subquestion>"
    assert _question("matching", f"<text>Ghép</text></questiontext>{pair}").kind == "foreign"
    said = f"<generalfeedback format='html'><text><![CDATA[Vì {PICTURE}]]></text>{FILE}</generalfeedback>"
    essay = _question("essay", f"<text>Kể</text></questiontext>{said}")
    assert (essay.kind, essay.media, len(fit(essay).notes)) == ("written", (), 2)


def test_an_option_that_is_only_a_picture_is_called_by_its_place():
    answers = "".join(
        f'<answer fraction="{percent}" format="html"><text><![CDATA[{PICTURE[11:]}]]></text>{FILE}</answer>'
        for percent in (100, 0)
    )
    fitted = fit(_question("multichoice", f"<text>Đâu?</text></questiontext>{answers}"))
    assert [option["text"] for option in fitted.body["options"]] == ["Hình 1", "Hình 2"]
    assert fitted.notes


def test_preformatted_text_keeps_its_lines():
    told = _question("essay", "<text><![CDATA[<p>Đọc:</p><pre>  một\n    hai</pre>]]></text></questiontext>")
    assert told.prompt == "Đọc:\n  một\n    hai"
