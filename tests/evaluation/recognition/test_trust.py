from datetime import timedelta
from functools import cache

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core import checks

from evaluation.recognition.signatures import verified
from evaluation.recognition.trust import faults, trusted
from home import health
from tests.evaluation.recognition.signing import NOW, certify, paper, signed


@cache
def root():
    return certify("Cơ quan chứng thực", authority=True)


@pytest.fixture
def folder(settings, tmp_path):
    settings.SIGNATURE_TRUST_DIR = str(tmp_path)
    return tmp_path


def test_without_a_folder_nobody_is_trusted_and_nothing_is_wrong():
    assert trusted().authorities == ()
    assert faults(NOW) == []


def test_a_folder_that_is_not_there_is_said(settings, tmp_path):
    settings.SIGNATURE_TRUST_DIR = str(tmp_path / "none")

    assert trusted().authorities == ()
    assert faults(NOW) == [f"{tmp_path / 'none'} cannot be read: nobody's signature is accepted."]


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_authorities_and_their_lists_are_read_as_der_and_as_pem(folder, encoding):
    lan = root().issue("Trần Thị Lan")
    (folder / "root.crt").write_bytes(root().certificate.public_bytes(encoding))
    (folder / "root.crl").write_bytes(root().revoke())

    (signer,) = verified(paper(), signed(paper(), lan.tool()), trusted(), NOW).signers

    assert signer.is_revocation_checked
    assert faults(NOW) == []


def test_several_authorities_may_lie_in_one_file(folder):
    two = [root().certificate.public_bytes(Encoding.PEM), root().issue("Chi nhánh", authority=True).pem]
    (folder / "both.pem").write_bytes(b"".join(two))

    assert len(trusted().authorities) == 2


def test_a_persons_own_certificate_is_not_taken_for_an_authority(folder):
    (folder / "lan.crt").write_bytes(root().issue("Trần Thị Lan").der)

    assert trusted().authorities == ()
    assert faults(NOW) == ["lan.crt is not the certificate of an authority: it is not trusted."]


def test_a_file_that_is_being_fetched_is_not_read(folder):
    (folder / ".new").write_bytes(b"half a list")

    assert faults(NOW) == []


@pytest.mark.parametrize("content", [b"half a list", b"-----BEGIN CERTIFICATE-----\nhalf\n", b""])
def test_what_cannot_be_read_is_named_and_left_out(folder, content):
    (folder / "root.crl").write_bytes(content)

    assert trusted().revoked == ()
    assert faults(NOW) == ["root.crl is neither a certificate nor a list of revoked ones."]


def test_who_deploys_hears_of_lists_out_of_date_and_authorities_that_expired(folder):
    (folder / "old.crl").write_bytes(root().revoke(at=NOW - timedelta(days=9), until=NOW - timedelta(days=8)))
    (folder / "old.crt").write_bytes(certify("Cơ quan cũ", authority=True, until=NOW - timedelta(days=8)).der)

    found = checks.run_checks(include_deployment_checks=True)

    assert [message.msg for message in found if message.id == "recognition.W001"] == [
        "old.crl is out of date: whom its authority revoked since is not known.",
        "old.crt has expired: nothing that rests on it is accepted.",
    ]


@pytest.mark.django_db
def test_health_counts_what_is_to_look_at_and_stays_well(folder):
    (folder / "old.crl").write_bytes(root().revoke(at=NOW - timedelta(days=9), until=NOW - timedelta(days=8)))

    part = health.report()["signatures"]

    assert part.is_well
    assert part.detail == "1 to look at: manage.py check --deploy"
