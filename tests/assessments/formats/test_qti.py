"""QTI from elsewhere: items of both versions, packages, and archives made to do harm."""
# ruff: noqa: E501 (XML as others write it)

import io
import zipfile

import pytest

from assessments.formats import qti
from assessments.formats.conversion import fit
from assessments.formats.qti import package
from assessments.formats.question import Problem
from intake.plan import UnreadableError

CHOICE = """<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="otp" title="OTP" adaptive="false" timeDependent="false">
  <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
    <correctResponse><value>B</value></correctResponse></responseDeclaration>
  <itemBody><div><p>Ai được hỏi  mã
      <strong>OTP</strong>?</p></div>
    <choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1"><prompt>Chọn một</prompt>
      <simpleChoice identifier="A">Công an <feedbackInline outcomeIdentifier="F" identifier="A">Không đúng</feedbackInline></simpleChoice>
      <simpleChoice identifier="B"><p>Không ai</p></simpleChoice></choiceInteraction></itemBody>
  <responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"/>
</assessmentItem>"""


def _item(declared, body, rest=""):
    return f"""<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="x" title="x">
    <qti-response-declaration identifier="R" {declared}</qti-response-declaration>
    <qti-item-body>{body}</qti-item-body>{rest}</qti-assessment-item>""".encode()


def _read(content):
    (parsed,) = qti.read(content)
    return parsed


def test_a_choice_of_version_2_is_read_whole():
    question = _read(CHOICE.encode())
    assert (question.kind, question.code) == ("single_choice", "otp")
    assert question.prompt == "Ai được hỏi mã OTP?\nChọn một"
    assert [(choice.text, choice.is_right, choice.feedback) for choice in question.choices] == [
        ("Công an", False, "Không đúng"), ("Không ai", True, "")
    ]  # fmt: skip
    assert len(fit(question).notes) == 2


MAPPED = """cardinality="single" base-type="string"><qti-correct-response><qti-value>Đà Nẵng</qti-value></qti-correct-response>
  <qti-mapping default-value="0"><qti-map-entry map-key="Đà Nẵng" mapped-value="2"/>
  <qti-map-entry map-key="TP Đà Nẵng" mapped-value="2"/><qti-map-entry map-key="Quảng Nam" mapped-value="1"/></qti-mapping>"""


def test_a_text_entry_of_version_3_keeps_its_place_in_the_sentence():
    question = _read(_item(MAPPED, '<p>Thành phố <qti-text-entry-interaction response-identifier="R"/> ở đâu?</p>'))
    assert (question.kind, question.prompt) == ("short_text", "Thành phố _____ ở đâu?")
    fitted = fit(question)
    assert fitted.body["accepted"] == ["Đà Nẵng", "TP Đà Nẵng"]
    assert len(fitted.notes) == 1


INLINE = """<p>Xã có <qti-inline-choice-interaction response-identifier="R">
<qti-inline-choice identifier="a">một</qti-inline-choice><qti-inline-choice identifier="b">hai</qti-inline-choice>
</qti-inline-choice-interaction> cấp.</p>"""
CORRECT = 'cardinality="{}" base-type="identifier"><qti-correct-response>{}</qti-correct-response>'
SETS = """<qti-match-interaction response-identifier="R"><qti-simple-match-set>
<qti-simple-associable-choice identifier="l1">a</qti-simple-associable-choice>
<qti-simple-associable-choice identifier="l2">b</qti-simple-associable-choice></qti-simple-match-set>
<qti-simple-match-set><qti-simple-associable-choice identifier="r1">1</qti-simple-associable-choice>
<qti-simple-associable-choice identifier="r2">2</qti-simple-associable-choice></qti-simple-match-set></qti-match-interaction>"""
ORDER = """<p>Xếp</p><qti-order-interaction response-identifier="R"><qti-simple-choice identifier="a">x</qti-simple-choice>
<qti-simple-choice identifier="b">y</qti-simple-choice></qti-order-interaction>"""


def _values(*values):
    return "".join(f"<qti-value>{value}</qti-value>" for value in values)


def test_inline_choice_match_and_order_are_read():
    inline = _read(_item(CORRECT.format("single", _values("b")), INLINE))
    match = _read(_item(CORRECT.format("multiple", _values("l1 r2", "l2 r1")), f"<p>Ghép</p>{SETS}"))
    order = _read(_item(CORRECT.format("ordered", _values("b", "a")), ORDER))
    assert (inline.kind, inline.prompt) == ("single_choice", "Xã có _____ cấp.")
    assert [choice.text for choice in inline.choices if choice.is_right] == ["hai"]
    assert match.pairs == (("a", "2"), ("b", "1"))
    assert order.items == ("y", "x")


TEXT_ENTRY = '<qti-text-entry-interaction response-identifier="R"/>'


@pytest.mark.parametrize(
    ("declared", "body", "kind"),
    [
        ('cardinality="single" base-type="string">', '<qti-extended-text-interaction response-identifier="R"/>', "written"),
        ('cardinality="single" base-type="float">', f"<p>{TEXT_ENTRY}</p>", "numeric"),
        (CORRECT.format("single", _values("a")), f"<p>{TEXT_ENTRY} và {TEXT_ENTRY}</p>", "blanks"),
        ('cardinality="single" base-type="string">', f"<p>{TEXT_ENTRY} và {TEXT_ENTRY}</p>", "foreign"),
        ('cardinality="single" base-type="point">', '<qti-hotspot-interaction response-identifier="R"/>', "foreign"),
        (CORRECT.format("ordered", _values("a b")), ORDER.replace(">Một<", "><img src='a.png' alt='A'/><", 1), "foreign"),
        ('cardinality="single" base-type="string">', "<p>Chỉ đọc</p>", "description"),
        (CORRECT.format("multiple", _values("l1 r9")), SETS, "foreign"),
        (CORRECT.format("ordered", _values("a")), ORDER, "foreign"),
    ],
)  # fmt: skip
def test_what_the_bank_does_not_hold_is_known_for_what_it_is(declared, body, kind):
    assert _read(_item(declared, body)).kind == kind


def test_a_rule_of_its_own_is_noted():
    rest = "<qti-response-processing><qti-response-condition/></qti-response-processing>"
    assert len(_read(_item(MAPPED, f"<p>A {TEXT_ENTRY}</p>", rest)).notes) == 1


def _zip(files, **options):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return content.getvalue()


RESOURCE = '<resource identifier="{0}" type="imsqti_item_xmlv2p2" href="{0}"/>'


def test_one_bad_item_of_a_package_stops_no_other():
    names = ("a.xml", "missing.xml", "bad.xml", "test%20b.xml")
    manifest = f"<manifest><resources>{''.join(map(RESOURCE.format, names))}</resources></manifest>"
    files = {
        "imsmanifest.xml": manifest,
        "a.xml": CHOICE,
        "bad.xml": CHOICE[:300],
        "test b.xml": CHOICE,
        "c.xml": CHOICE,
    }
    one, missing, bad, two = qti.read(_zip(files))
    assert (one.source, two.source) == ("a.xml", "test b.xml")
    assert isinstance(missing, Problem)
    assert isinstance(bad, Problem)


def test_a_package_without_a_manifest_gives_its_items():
    one, other = qti.read(_zip({"a.xml": CHOICE, "b.xml": "<x/>", "c.txt": "?"}))
    assert one.code == "otp"
    assert isinstance(other, Problem)


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb">]>' + CHOICE[39:]
WHOLE = _zip({"a.xml": CHOICE})


@pytest.mark.parametrize(
    "content",
    [
        WHOLE[:-30],
        WHOLE[:60],
        b"PK\x05\x06" + b"\0" * 4,
        _zip({"../a.xml": CHOICE}),
        _zip({"/a.xml": CHOICE}),
        _zip({"a/./b.xml": CHOICE}),
        _zip({"C:a.xml": CHOICE}),
        _zip({"a.xml": b"<a>" + b" " * 20_000_000}),
        BOMB.encode(),
        b"",
    ],
    ids=["cut", "cut short", "empty", "up", "root", "dot", "drive", "bomb", "entities", "nothing"],
)
def test_harmful_and_damaged_archives_are_refused(content):
    with pytest.raises(UnreadableError):
        list(qti.read(content))


def test_too_many_and_too_large_files_are_refused(monkeypatch):
    monkeypatch.setattr(package, "MOST_ENTRIES", 1)
    with pytest.raises(UnreadableError):
        list(qti.read(_zip({"a.xml": CHOICE, "b.xml": CHOICE})))
    monkeypatch.setattr(package, "MOST_UNPACKED", 100)
    with pytest.raises(UnreadableError):
        list(qti.read(WHOLE))


def test_damage_within_an_entry_is_told_of_that_entry():
    content = bytearray(_zip({"a.xml": CHOICE, "b.xml": CHOICE}))
    content[60:90] = b"\xff" * 30
    damaged, whole = qti.read(bytes(content))
    assert isinstance(damaged, Problem)
    assert whole.code == "otp"


PASSAGE = """<p>Thủ đô [3] là <qti-text-entry-interaction response-identifier="R"/>, năm
  <qti-inline-choice-interaction response-identifier="S"><qti-inline-choice identifier="a">1954</qti-inline-choice>
  <qti-inline-choice identifier="b">1945</qti-inline-choice></qti-inline-choice-interaction>.</p>"""


def test_a_text_of_others_with_several_blanks_is_held_whole():
    second = """<qti-response-declaration identifier="S" cardinality="single" base-type="identifier">
      <qti-correct-response><qti-value>b</qti-value></qti-correct-response></qti-response-declaration>"""
    declared = CORRECT.format("single", _values("Hà Nội"))
    fitted = fit(_read(_item(declared, PASSAGE).replace(b"<qti-item-body>", f"{second}<qti-item-body>".encode())))
    assert fitted.body["text"] == "Thủ đô (3) là [1], năm [2]."
    assert [(gap["right"], gap["wrong"]) for gap in fitted.body["gaps"]] == [(["Hà Nội"], []), (["1945"], ["1954"])]


def test_a_number_is_compared_with_the_tolerance_of_the_item():
    declared = CORRECT.format("single", _values("12.5")).replace("identifier", "float")
    rule = (
        '<qti-response-processing><qti-equal tolerance-mode="absolute" tolerance="0.5 0.5"/></qti-response-processing>'
    )
    question = _read(_item(declared, f"<p>Nặng? {TEXT_ENTRY}</p>", rule))
    assert (question.number, question.tolerance, question.notes) == ("12.5", "0.5", ())


def test_what_scorers_are_told_of_an_essay_is_its_guide():
    rubric = '<qti-rubric-block view="scorer"><qti-content-body><p>Ba ý</p></qti-content-body></qti-rubric-block>'
    body = f'<p>Viết</p><qti-extended-text-interaction response-identifier="R"/>{rubric}'
    question = _read(_item('cardinality="single" base-type="string">', body))
    assert (question.prompt, question.guide) == ("Viết", "Ba ý")


SHOWN = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="nghe" title="Nghe">
  <responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse><value>A</value>
  </correctResponse></responseDeclaration><itemBody><p>Nghe và chọn <img src="../tep/hinh%201.png" alt="Con đường"/></p>
  <mediaInteraction responseIdentifier="P" autostart="false" minPlays="1" maxPlays="0">
    <object data="../tep/nghe.mp3" type="audio/mpeg"><p>Tiếng còi</p></object></mediaInteraction>
  <choiceInteraction responseIdentifier="R" maxChoices="1"><simpleChoice identifier="A">Xe</simpleChoice>
  <simpleChoice identifier="B">Tàu <audio title="Còi tàu"><source src="/x/../tep/tau.mp3"/></audio></simpleChoice>
  </choiceInteraction></itemBody><modalFeedback outcomeIdentifier="F" identifier="f" showHide="show">
  <img src="x.png" alt="Hình"/>Vì thế</modalFeedback></assessmentItem>"""


def test_pictures_and_sounds_of_a_package_stand_where_its_item_has_them():
    files = {"items/a.xml": SHOWN, "tep/hinh 1.png": b"png", "tep/nghe.mp3": b"ID3"}
    (question,) = qti.read(_zip(files))
    assert (question.kind, question.prompt) == ("single_choice", "Nghe và chọn")
    assert [(each.name, each.content, each.alt, each.place) for each in question.media] == [
        ("hinh 1.png", b"png", "Con đường", None), ("nghe.mp3", b"ID3", "Tiếng còi", None),
    ]  # fmt: skip
    assert len(question.faults) == 1
    assert "tau.mp3" in question.faults[0]
    assert len(question.notes) == 1
    (whole,) = qti.read(_zip({**files, "items/a.xml": SHOWN.replace("/x/../tep/tau", "../tep/nghe")}))
    assert [each.place for each in whole.media] == [None, None, 1]
    assert len(fit(whole).media) == 3


def test_an_item_alone_holds_no_files():
    assert len(_read(SHOWN.encode()).faults) == 3
