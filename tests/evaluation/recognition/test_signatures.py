from functools import cache
from shutil import which

import pytest
from cryptography import x509
from pyhanko.sign import fields, signers

from evaluation.recognition.refusals import Reason, SignatureRefusedError
from evaluation.recognition.revocation import Trust
from evaluation.recognition.signatures import verified
from tests.evaluation.recognition.forging import forgeries
from tests.evaluation.recognition.outside import by_cryptography, by_openssl, signed_outside
from tests.evaluation.recognition.signing import (
    DAY,
    NOW,
    YEAR,
    World,
    certify,
    clock_of,
    paper,
    signed,
    world_of,
    writer,
)


@cache
def world() -> World:
    return world_of(paper())


@pytest.mark.parametrize("forgery", forgeries())
def test_each_forgery_is_refused_with_its_reason(forgery):
    reason, make = forgeries()[forgery]

    with pytest.raises(SignatureRefusedError) as refused:
        verified(world().issued, make(world()), world().trust, NOW)

    assert refused.value.reason == reason
    assert "%" not in str(refused.value)


def test_every_reason_to_refuse_has_a_forgery():
    assert {reason for reason, _make in forgeries().values()} == set(Reason)


def test_what_is_signed_says_by_whom_and_by_which_clock():
    (lan,) = _signers(world().good)

    assert (lan.name, lan.organisation, lan.issuer) == ("Trần Thị Lan", "Ủy ban nhân dân phường Hội An", "Chi nhánh")
    assert (lan.is_timestamped, lan.clock) == (False, "theo đồng hồ của người ký")
    assert lan.signed_at is not None


def test_a_timestamp_of_a_trusted_authority_is_said_instead_of_the_signers_clock():
    (lan,) = _signers(signed(world().issued, world().lan.tool(), clock=world().clock.clock(NOW - DAY)))

    assert (lan.signed_at, lan.clock) == (NOW - DAY, "có dấu thời gian của tổ chức chứng thực")


def test_a_timestamp_of_whoever_is_no_timestamp():
    own = clock_of(certify("Đồng hồ tự làm", authority=True))

    (lan,) = _signers(signed(world().issued, world().lan.tool(), clock=own.clock(NOW - DAY)))

    assert not lan.is_timestamped


def test_two_sign_one_after_the_other():
    both = signed(world().good, world().minh.tool(), field="Chu ky 2", clock=world().clock.clock())

    assert [(signer.name, signer.is_timestamped) for signer in _signers(both)] == [
        ("Trần Thị Lan", False), ("Lê Minh", True),
    ]  # fmt: skip


def test_a_tool_of_somebody_else_is_understood():
    file = signed_outside(world().issued, by_cryptography(world().seasoned))

    assert [signer.name for signer in _signers(file)] == ["Trần Thị Lan"]


@pytest.mark.skipif(not which("openssl"), reason="the machine has no openssl")
def test_openssl_is_understood_and_another_tool_signs_after_it(tmp_path):
    file = signed_outside(world().issued, by_openssl(world().minh, tmp_path))

    both = signed(file, world().lan.tool(), field="Chu ky 2")

    assert [signer.name for signer in _signers(both)] == ["Lê Minh", "Trần Thị Lan"]


def test_rsa_and_a_visible_place_on_the_page_are_fine():
    spec = fields.SigFieldSpec("Dau", on_page=0, box=(300, 100, 500, 200))
    meta = signers.PdfSignatureMetadata(field_name="Dau", md_algorithm="sha512")
    file = signers.sign_pdf(writer(world().issued), meta, world().seasoned.tool(), new_field_spec=spec).getvalue()

    assert len(_signers(file)) == 1
    assert verified(world().issued, file, world().trust, NOW).size == len(file)


def test_a_timestamp_of_the_whole_document_may_come_last():
    stamper = signers.PdfTimeStamper(world().clock.clock())
    file = stamper.timestamp_pdf(writer(world().good), "sha256").getvalue()

    assert [signer.name for signer in _signers(file)] == ["Trần Thị Lan"]


def test_who_signed_by_a_trusted_clock_before_the_certificate_expired_signed_well():
    old = world().branch.issue("Trần Thị Lan", until=NOW - DAY)
    file = signed(world().issued, old.tool(), clock=world().clock.clock(NOW - 2 * DAY))

    assert _signers(file)[0].signed_at == NOW - 2 * DAY


def test_revocation_is_said_to_be_checked_only_by_lists_in_date_of_every_authority():
    root, branch = world().root, world().branch
    in_date = (root.revoke(), branch.revoke())
    delta = branch.revoke(extra=[x509.DeltaCRLIndicator(1)])

    assert _signer_by(*in_date).revocation == "đã kiểm tra thu hồi"
    assert _signer_by().revocation == "chưa kiểm tra thu hồi"
    for lists in [
        (in_date[1],),
        (in_date[0], branch.revoke(until=NOW - DAY / 2)),
        (in_date[0], delta),
        (in_date[0], world().closed.revoke()),
    ]:
        assert not _signer_by(*lists).is_revocation_checked


def test_a_list_of_a_part_checks_only_who_belongs_to_it():
    def part(**wanted):
        said = {"only_contains_user_certs": False, "only_contains_ca_certs": False, "indirect_crl": False}
        said |= {"only_some_reasons": None, "only_contains_attribute_certs": False, "full_name": None}
        return x509.IssuingDistributionPoint(relative_name=None, **(said | wanted))

    place = [x509.UniformResourceIdentifier("http://ca.example.vn/1.crl")]
    root, branch = world().root.revoke(), world().branch
    for point, is_checked in [
        (part(only_contains_user_certs=True), True),
        (part(only_contains_ca_certs=True), False),
        (part(full_name=place), False),
        (part(indirect_crl=True), False),
    ]:
        assert _signer_by(root, branch.revoke(extra=[point])).is_revocation_checked == is_checked


def test_a_list_that_is_out_of_date_still_names_whom_it_revoked():
    old = world().branch.revoke(world().lan, at=NOW - YEAR / 2, until=NOW - YEAR / 3)

    with pytest.raises(SignatureRefusedError, match="Trần Thị Lan đã bị thu hồi"):
        verified(world().issued, world().good, Trust((world().root.der,), (old,)), NOW)


def test_a_list_that_nobody_trusted_signed_revokes_nobody():
    impostor = certify("Chi nhánh", authority=True).revoke(world().lan)

    assert not _signer_by(impostor).is_revocation_checked


def test_with_nobody_trusted_nothing_is():
    with pytest.raises(SignatureRefusedError) as refused:
        verified(world().issued, world().good, Trust(()), NOW)

    assert refused.value.reason == Reason.UNTRUSTED


def _signers(file: bytes):
    return verified(world().issued, file, world().trust, NOW).signers


def _signer_by(*lists: bytes):
    return verified(world().issued, world().good, Trust((world().root.der,), lists), NOW).signers[0]
