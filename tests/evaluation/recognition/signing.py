"""Authorities, keys and signing tools of the tests: everything is made anew, nothing comes from outside."""

import datetime
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, timestamps
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfWriter

from evaluation.recognition.revocation import Trust
from papers.files import pdf_of
from papers.paper import Block, Paper

NOW = datetime.datetime.now(datetime.UTC).replace(microsecond=0)  # pages go by the clock
YEAR = datetime.timedelta(days=365)
DAY = datetime.timedelta(days=1)


@cache
def paper(summary: str = "Về việc công nhận danh hiệu Công dân học tập") -> bytes:
    """A decision as the site draws it."""
    body = [Block("Công nhận ông Nguyễn Văn An là Công dân học tập năm 2026.", lead="Điều 1.")]
    return pdf_of(Paper(body="Ủy ban nhân dân phường Hội An", kind="Quyết định", summary=summary, blocks=body))


@dataclass
class Holder:
    """A certificate with its key, and what issued it up to the root, which comes last."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    above: list["Holder"] = field(default_factory=list)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def issue(self, name: str, **wanted) -> "Holder":
        return certify(name, issuer=self, **wanted)

    def revoke(self, *holders: "Holder", at=NOW - DAY, until=NOW + DAY, extra=()) -> bytes:
        """The list of what this authority revoked, issued at that time."""
        builder = x509.CertificateRevocationListBuilder(self.certificate.subject, at, until)
        for holder in holders:
            entry = x509.RevokedCertificateBuilder(holder.certificate.serial_number, at)
            builder = builder.add_revoked_certificate(entry.build())
        for value in extra:
            builder = builder.add_extension(value, critical=True)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def tool(self, key: "Holder | None" = None, **wanted) -> signers.SimpleSigner:
        """What signs for them: with another's key, what a forger has."""
        return signers.SimpleSigner(_loaded(self), _key(key or self), _store(self.above), **wanted)

    def clock(self, at=NOW) -> timestamps.TimeStamper:
        return timestamps.DummyTimeStamper(_loaded(self), _key(self), _store(self.above), fixed_dt=at)


def certify(
    name: str, issuer: Holder | None = None, *, usage="nr", purposes=(), authority=False, since=NOW - YEAR,
    until=NOW + YEAR, key=None, extra=(),
) -> Holder:  # fmt: skip
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = _name(name)
    builder = (
        x509.CertificateBuilder(issuer.certificate.subject if issuer else subject, subject, key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(_usage(authority, usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    for value in [*([x509.ExtendedKeyUsage(purposes)] if purposes else []), *extra]:
        builder = builder.add_extension(value, critical=False)
    certificate = builder.sign(issuer.key if issuer else key, hashes.SHA256())
    return Holder(certificate, key, [issuer, *issuer.above] if issuer else [])


@dataclass
class World:
    """A decision as issued, once well signed; whom one trusts, and who tries."""

    issued: bytes
    good: bytes
    root: Holder
    branch: Holder
    closed: Holder
    lan: Holder
    minh: Holder
    seasoned: Holder
    revoked: Holder
    clock: Holder

    @property
    def trust(self) -> Trust:
        return Trust((self.root.der,), (self.root.revoke(self.closed), self.branch.revoke(self.revoked)))


def world_of(issued: bytes) -> World:
    root = certify("Cơ quan chứng thực", authority=True)
    branch = root.issue("Chi nhánh", authority=True)
    lan, minh, revoked = (branch.issue(name) for name in ("Trần Thị Lan", "Lê Minh", "Phạm Thu"))
    seasoned = branch.issue("Trần Thị Lan", key=rsa.generate_private_key(65537, 2048))
    closed = root.issue("Chi nhánh đã đóng", authority=True)
    return World(issued, signed(issued, lan.tool()), root, branch, closed, lan, minh, seasoned, revoked, clock_of(root))


def clock_of(issuer: Holder) -> Holder:
    """What stamps times; the tool that plays it knows RSA alone."""
    key = rsa.generate_private_key(65537, 2048)
    return issuer.issue("Đồng hồ", purposes=[ExtendedKeyUsageOID.TIME_STAMPING], key=key)


def signed(pdf: bytes, tool, *, field="Chu ky 1", digest="sha256", clock=None, **wanted) -> bytes:
    """As a signing tool adds a signature after what is there."""
    meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm=digest, **wanted)
    return signers.sign_pdf(writer(pdf), meta, tool, timestamper=clock).getvalue()


def writer(pdf: bytes) -> IncrementalPdfFileWriter:
    return IncrementalPdfFileWriter(BytesIO(pdf))


def added(pdf: bytes, change) -> bytes:
    """The file with one change more, written behind it."""
    update = writer(pdf)
    change(update)
    out = BytesIO()
    update.write(out)
    return out.getvalue()


def saved_anew(pdf: bytes, *, change=None) -> bytes:
    """As another program writes the same pages."""
    anew, out = PdfWriter(clone_from=BytesIO(pdf)), BytesIO()
    if change:
        change(anew)
    anew.write(out)
    return out.getvalue()


def _name(name: str) -> x509.Name:
    organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Ủy ban nhân dân phường Hội An")
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name), organisation])


def _usage(authority: bool, usage: str) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature="d" in usage, content_commitment="nr" in usage, key_encipherment="k" in usage,
        data_encipherment=False, key_agreement=False, key_cert_sign=authority, crl_sign=authority,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _loaded(holder: Holder) -> asn1.Certificate:
    return asn1.Certificate.load(holder.der)


def _key(holder: Holder) -> keys.PrivateKeyInfo:
    return keys.PrivateKeyInfo.load(holder.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def _store(holders: list[Holder]) -> SimpleCertificateStore:
    return SimpleCertificateStore.from_certs(_loaded(holder) for holder in holders)
