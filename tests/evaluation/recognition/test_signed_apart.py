"""A signed PDF that is another file than the one issued: its text is compared, and a second officer confirms."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pyhanko.pdf_utils.generic import NumberObject, pdf_name

from evaluation.recognition.actions import confirm, refuse
from evaluation.recognition.actions.digital import hand_in_signed
from evaluation.recognition.models import Decision, DecisionLine, SignedCopy, Title, Way
from evaluation.recognition.papers.binding import drawn_for_signing
from evaluation.recognition.papers.texts import list_paper
from evaluation.recognition.refusals import Reason, SignatureRefusedError
from evaluation.recognition.wording import WordsDifferError, compare
from learning.evidence.files import inspect
from papers.files import pdf_of
from tests.evaluation.recognition.forging import forgeries
from tests.evaluation.recognition.signing import NOW, added, certify, saved_anew, signed
from tests.factories.recognition import second_recogniser


@pytest.fixture
def apart(signing):
    return signed(saved_anew(signing.keys.issued), signing.keys.lan.tool())


def _act(signing, file: bytes):
    upload = inspect(ContentFile(file, name="quyet-dinh.pdf"), limit=10_000_000)
    return hand_in_signed(decision=signing.decision, upload=upload, trust=signing.keys.trust, by=signing.lan, at=NOW)


def _drawn(signing, **changes) -> bytes:
    """The decision as it would be drawn if something were another."""
    lines = list(DecisionLine.objects.for_papers(signing.decision))
    decision = Decision.objects.get(pk=signing.decision.pk)
    said_by = (lines[0], lines[0].dossier.person, decision)
    for name, value in changes.items():
        setattr(next(one for one in said_by if hasattr(one, name)), name, value)
    return drawn_for_signing(decision, lines)


def test_it_waits_for_a_second_officer_whose_word_brings_it_into_effect(signing, apart):
    assert _act(signing, apart).is_awaiting
    assert _act(signing, apart).is_awaiting
    copy = SignedCopy.objects.get()
    assert (copy.way, [signer["name"] for signer in copy.signers]) == (Way.TEXT, ["Trần Thị Lan"])
    assert not Title.objects.exists()
    with pytest.raises(ValidationError):
        confirm(copy=copy, by=signing.lan, at=NOW)

    decision = confirm(copy=copy, by=second_recogniser(signing.world.commune), at=NOW)

    assert (decision.is_in_effect, decision.way, Title.objects.count()) == (True, Way.TEXT, 1)


def test_refused_by_the_second_officer_the_issued_file_can_still_be_signed(signing, apart):
    _act(signing, apart)
    refuse(copy=SignedCopy.objects.get(), reason="Có dấu lạ", by=second_recogniser(signing.world.commune), at=NOW)

    assert _act(signing, signing.keys.good).way == Way.DIGITAL


def test_the_page_says_that_it_is_another_file_and_who_signed(signing, apart, client):
    client.force_login(signing.lan)
    address = reverse("recognition:hand_in_signed", args=[signing.decision.pk])
    page = client.post(address, {"signed": SimpleUploadedFile("a.pdf", apart, "application/pdf")}, follow=True).text
    assert "đây là tệp khác với tệp đã ban hành: một cán bộ thứ hai" in page
    client.force_login(second_recogniser(signing.world.commune))
    page = client.get(signing.decision.get_absolute_url()).text
    assert "Đây là tệp khác với tệp đã ban hành." in page
    assert "Trần Thị Lan (" in page
    client.post(reverse("recognition:confirm_copy", args=[signing.decision.pk]), {"copy": SignedCopy.objects.get().pk})
    assert str(Way.TEXT.label) in client.get(signing.decision.get_absolute_url()).text


def test_one_changed_letter_of_a_name_is_refused_and_named(signing):
    name = signing.world.an.person.full_name
    other = name[:-1] + "m"

    with pytest.raises(ValidationError, match=f"{name}.*{other}"):
        _act(signing, signed(_drawn(signing, name=other), signing.keys.lan.tool()))

    assert not SignedCopy.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_year": 1961},
        {"number": "126/QĐ-UBND"},
        {"signer_title": "Phó Chủ tịch"},
        {"signer_name": "Trần Thị Lán"},
        {"bases": "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;"},
        {"name": "Ngô Văn Ăn"},
    ],
    ids=str,
)
def test_whatever_else_it_says_is_refused(signing, changes):
    with pytest.raises(ValidationError, match=r"Quyết định ghi|Tệp ghi thêm"):
        _act(signing, signed(_drawn(signing, **changes), signing.keys.lan.tool()))


def test_a_name_more_or_less_on_the_list_is_named(signing):
    paper = list_paper(signing.decision, list(DecisionLine.objects.for_papers(signing.decision)))
    row = ["2", "Lê Thêm Vào", "1970", "Chi hội", "90"]
    longer = replace(paper, table=replace(paper.table, rows=[*paper.table.rows, row]))

    with pytest.raises(WordsDifferError, match=r"Lê Thêm Vào|2"):
        compare(pdf_of(paper), pdf_of(longer))
    with pytest.raises(WordsDifferError, match=r"Lê Thêm Vào|2"):
        compare(pdf_of(longer), pdf_of(paper))


def test_a_page_more_is_refused_though_it_says_nothing(signing):
    longer = saved_anew(signing.keys.issued, change=lambda writer: writer.add_blank_page())

    with pytest.raises(ValidationError, match=r"3.*2"):
        _act(signing, signed(longer, signing.keys.lan.tool()))


def test_what_is_broken_is_no_text():
    with pytest.raises(SignatureRefusedError):
        compare(b"%PDF-1.7 nothing", b"%PDF-1.7 nothing")


@pytest.mark.parametrize("name", [name for name, (why, _make) in forgeries().items() if why == Reason.OTHER_PAPER])
def test_another_file_with_other_words_or_broken_signatures_is_refused(signing, name):
    if name == "saved_anew_then_signed":
        return
    with pytest.raises(ValidationError):
        _act(signing, forgeries()[name][1](signing.keys))
    assert not SignedCopy.objects.exists()


def test_its_signatures_are_looked_at_like_those_of_the_issued_file(signing, apart):
    anew = saved_anew(signing.keys.issued)
    keys = signing.keys
    refused = {
        Reason.OTHER_PAPER: anew,
        Reason.UNTRUSTED: signed(anew, certify("Trần Thị Lan").tool()),
        Reason.REVOKED: signed(anew, keys.revoked.tool()),
        Reason.FORGED: signed(anew, keys.lan.tool(key=keys.minh)),
        Reason.TAIL: apart + b"\n% one remark more\n" + apart[apart.rindex(b"startxref") :],
        Reason.CHANGED: signed(added(apart, _turned), keys.minh.tool(), field="Chu ky 2"),
    }
    for reason, file in refused.items():
        with pytest.raises(ValidationError) as told:
            _act(signing, file)
        assert str(reason.label).partition("%(")[0][:40] in told.value.messages[0], reason
    with pytest.raises(ValidationError, match=r"Trần Thị Lan.*Lê Minh"):
        _act(signing, signed(anew, keys.minh.tool()))
    assert not SignedCopy.objects.exists()


def _turned(update):
    page = update.root["/Pages"]["/Kids"][0].get_object()
    page[pdf_name("/Rotate")] = NumberObject(90)
    update.update_container(page)
