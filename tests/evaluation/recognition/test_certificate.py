import dataclasses
import datetime
import json
import time

import pytest

from evaluation.recognition.certificate import PAPER, Certificate, certificate_of, inputs_of, render
from evaluation.recognition.papers.issuers import place_of
from membership.models import Unit
from papers.files import FONTS
from papers.typesetting import drawn
from tests.factories.recognition import title_of
from tests.papers.structure import tags_of

PLAIN = Certificate(
    body="Ủy ban nhân dân phường Hải Châu",
    authority="Chủ tịch Ủy ban nhân dân phường Hải Châu",
    place="Hải Châu",
    number="07-125/QĐ-UBND",
    name="Trần Thị An",
    home="Chi hội khối phố 1",
    year="2026",
    decision="125/QĐ-UBND",
    day="05",
    month="02",
    signed_year="2027",
    signer_title="Chủ tịch",
    signer_name="Đặng Thị Lan",
    code="K7MN-3HPC-XA4T",
    address="https://example.vn/xac-minh/",
    qr='<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><path d="M0 0h4v4z"/></svg>',
)


def test_certificate_is_a_tagged_pdf_of_one_page():
    paper = render(PLAIN, "pdf")
    assert paper.startswith(b"%PDF-")
    assert b"pdfuaid" in paper
    assert paper.count(b"/Type /Page\n") + paper.count(b"/Type/Page\n") + paper.count(b"/Type /Page ") <= 1


def test_the_ten_emblems_stand_on_it_for_the_eye_alone():
    paper = inputs_of([PLAIN])
    emblems = json.loads(paper["emblems"])
    assert len(emblems) == 10
    assert not any("var(" in emblem or "currentColor" in emblem for emblem in emblems)
    assert tags_of(render(PLAIN, "pdf")).count("/Figure") == 2  # code and seal: nothing more is read out
    assert render(PLAIN, "png") != drawn(PAPER, FONTS, paper | {"emblems": "[]"}, "png")


def test_the_same_certificate_is_drawn_the_same_each_time():
    assert render(PLAIN, "png") == render(PLAIN, "png")


@pytest.mark.parametrize(
    "name",
    [
        '#panic("x") *a* _b_',
        "#sys.inputs $x^2$ = `code` @ref <label> \\ // /* ",
        "]]]))) #import",
        "Công Huyền Tôn Nữ Thị Phương " * 4,
    ],
)
def test_what_people_typed_is_never_markup(name):
    hostile = dataclasses.replace(PLAIN, name=name, home=name[:60], signer_name=name[:60], decision=name[:30])
    assert render(hostile, "pdf").startswith(b"%PDF-")
    assert isinstance(render(hostile, "png"), bytes)


def test_certificate_says_what_the_decision_says(world):
    title = title_of(world.an, world)
    certificate = certificate_of(title, "https://example.vn/xac-minh/")
    assert certificate.name == "Trần Thị An"
    assert certificate.body == "Ủy ban nhân dân phường Hải Châu"
    assert certificate.place == "Hải Châu"
    assert certificate.home == "Chi hội khối phố 1"
    assert certificate.signer_title == "Chủ tịch"
    assert (certificate.day, certificate.month, certificate.signed_year) == ("20", "11", "2026")
    assert certificate.qr.startswith("<svg")


def test_days_and_the_first_two_months_carry_a_zero_and_a_deputy_signs_in_stead(world):
    title = title_of(world.an, world)
    title.decision.signed_on = datetime.date(2027, 2, 5)
    title.decision.signer_title = "Phó Chủ tịch"
    certificate = certificate_of(title, "https://example.vn/xac-minh/")
    assert (certificate.day, certificate.month) == ("05", "02")
    assert certificate.signer_title.splitlines() == ["KT. Chủ tịch", "Phó Chủ tịch"]


def test_place_is_the_name_without_its_kind():
    assert [place_of(Unit(name=name)) for name in ("Xã Tiên Phước", "Đặc khu Hoàng Sa", "Trường THPT Trỗi")] == [
        "Tiên Phước",
        "Hoàng Sa",
        "Trường THPT Trỗi",
    ]


def test_a_certificate_takes_milliseconds():
    render(PLAIN, "pdf")
    began = time.process_time()
    for number in range(5):
        render(dataclasses.replace(PLAIN, number=str(number)), "pdf")
    assert (time.process_time() - began) / 5 < 0.25
