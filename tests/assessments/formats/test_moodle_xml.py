"""Moodle XML from elsewhere: every type, damaged files, and files made to do harm."""

import pytest

from assessments.formats import moodle_xml
from assessments.formats.question import Problem, UnreadableError

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
    choice, number, truth, picture, broken, strange = moodle_xml.read(QUIZ.encode())
    assert (choice.prompt, choice.topic, choice.code) == ("Ai được hỏi mã OTP & mật khẩu?", "Kỹ năng số", "otp-1")
    assert (choice.line, choice.feedback, choice.choices[0].feedback) == (4, "Không ai cả.", "Đúng")
    assert [choice.is_right for choice in choice.choices] == [True, False]
    assert (number.kind, truth.answer, picture.kind, strange.kind) == ("numeric", False, "foreign", "foreign")
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
        list(moodle_xml.read(content))
