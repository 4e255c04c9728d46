"""Whether a PDF that comes back is the decision as it was issued, with good signatures and nothing else.

Pure, and asks no other machine: what is trusted and what was revoked comes in, and so does the moment. A signature that
is fine in itself proves little: anybody can add bytes after it, or changes between the issued file and it. So all that
follows the issued bytes is looked at, not only what follows each signature.
"""

import asyncio
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from asn1crypto import x509
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate, AdESSubIndic
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, FormUpdatingRule, StandardDiffPolicy, SuspiciousModification
from pyhanko.sign.diff_analysis.constants import ACROFORM_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.diff_analysis.rules.form_field_rules import SigFieldCreationRule, SigFieldModificationRule
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.general import ValueErrorWithMessage
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.path import ValidationPath

from evaluation.recognition.refusals import Reason, SignatureRefusedError
from evaluation.recognition.revocation import Trust, is_checked, is_revoked

ADDED_BYTES = 4_000_000  # a signature takes 20 kB, with a picture of the seal some hundreds
SIGNATURES = 10
_REVISIONS = 4 * SIGNATURES
_CLOCKS_DIFFER = timedelta(minutes=5)

# Of a form, only what belongs to signatures: a decision has no field to fill in.
_SIGNATURES_ONLY = StandardDiffPolicy(
    global_rules=DEFAULT_DIFF_POLICY.global_rules,
    form_rule=FormUpdatingRule(
        field_rules=[SigFieldCreationRule(), SigFieldModificationRule()],
        ignored_acroform_keys=ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"},
    ),
)
_FOR_DOCUMENTS = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
_PURPOSES = {  # if a certificate names any; one of a web server names none of these
    "any_extended_key_usage", "email_protection", "client_auth", "microsoft_document_signing",
    "adobe_authentic_documents_trust", "1.3.6.1.5.5.7.3.36",
}  # fmt: skip
# What a reader of damaged or malicious bytes stumbles over; the file is refused, whatever it was.
STUMBLES = (
    PdfError, ValueErrorWithMessage, ValueError, TypeError, LookupError, AttributeError, AssertionError,
    ArithmeticError, RecursionError, NotImplementedError, OSError, struct.error,
)  # fmt: skip
_UNTRUSTWORTHY: dict[AdESSubIndic, Reason] = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: Reason.UNTRUSTED,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: Reason.WRONG_USE,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Reason.WEAK,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Reason.WEAK,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Reason.EXPIRED,
}


@dataclass(frozen=True)
class Signer:
    """Who signed, as their certificate says."""

    name: str
    organisation: str
    issuer: str
    signed_at: datetime | None
    is_timestamped: bool
    is_revocation_checked: bool

    @property
    def clock(self) -> str:
        return _("timestamped by an authority") if self.is_timestamped else _("by the signer's clock")

    @property
    def revocation(self) -> str:
        return _("revocation checked") if self.is_revocation_checked else _("revocation not checked")


def told_again(kept: Mapping[str, Any]) -> Signer:
    """Of what was kept of one as plain values, its time in ISO format."""
    return Signer(**{**kept, "signed_at": datetime.fromisoformat(kept["signed_at"]) if kept["signed_at"] else None})


@dataclass(frozen=True)
class Signed:
    """In the order of signing. All ``size`` bytes of the file are covered by the last signature."""

    signers: tuple[Signer, ...]
    size: int


def verified(issued: bytes, handed_in: bytes, trust: Trust, at: datetime) -> Signed:
    """:raises SignatureRefusedError: with the first thing that is wrong."""
    _begins_with(issued, handed_in)
    return _read(handed_in, PdfFileReader(BytesIO(issued)), trust, at)


def verified_apart(handed_in: bytes, trust: Trust, at: datetime) -> Signed:
    """The same of a file of its own: nothing but signatures after the first. What it says is not looked at."""
    if not handed_in.startswith(b"%PDF-"):
        raise SignatureRefusedError(Reason.NOT_PDF)
    return _read(handed_in, None, trust, at)


def _read(handed_in: bytes, issued: PdfFileReader | None, trust: Trust, at: datetime) -> Signed:
    try:
        reader = _opened(handed_in)
        if issued is not None:
            _only_adds_signatures(reader, issued)
        signatures = _signatures(reader, handed_in)
        if issued is None:
            _only_signatures_since(reader, reader.get_historical_resolver(signatures[0].signed_revision))
        signers = [_signer(signature, trust, at) for signature in signatures if _is_by_a_person(signature, trust, at)]
    except SignatureRefusedError:
        raise
    except STUMBLES as stumble:
        raise SignatureRefusedError(Reason.UNREADABLE) from stumble
    if not signers:
        raise SignatureRefusedError(Reason.UNSIGNED)
    return Signed(tuple(signers), len(handed_in))


def _begins_with(issued: bytes, handed_in: bytes) -> None:
    if not handed_in.startswith(b"%PDF-"):
        raise SignatureRefusedError(Reason.NOT_PDF)
    if len(handed_in) > len(issued) + ADDED_BYTES:
        raise SignatureRefusedError(Reason.TOO_LARGE)
    if len(handed_in) < len(issued) and issued.startswith(handed_in):
        raise SignatureRefusedError(Reason.CUT_OFF)
    if not handed_in.startswith(issued):
        raise SignatureRefusedError(Reason.OTHER_PAPER)
    if handed_in == issued:
        raise SignatureRefusedError(Reason.UNSIGNED)
    if b"%%EOF" not in handed_in[len(issued) :]:
        raise SignatureRefusedError(Reason.CUT_OFF)


def _opened(handed_in: bytes) -> PdfFileReader:
    reader = PdfFileReader(BytesIO(handed_in))
    if "/Encrypt" in reader.trailer:
        raise SignatureRefusedError(Reason.ENCRYPTED)
    if reader.xrefs.hybrid_xrefs_present:  # two tables of contents: what one reader sees, another does not
        raise SignatureRefusedError(Reason.REPLACED)
    if reader.xrefs.total_revisions > _REVISIONS:
        raise SignatureRefusedError(Reason.TOO_MANY)
    return reader


def _only_adds_signatures(reader: PdfFileReader, issued: PdfFileReader) -> None:
    """What follows could begin a chain of its own, in which the issued bytes are dead weight."""
    count = issued.xrefs.total_revisions
    if reader.xrefs.total_revisions <= count or any(
        reader.xrefs.get_startxref_for_revision(number) != issued.xrefs.get_startxref_for_revision(number)
        for number in range(count)
    ):
        raise SignatureRefusedError(Reason.REPLACED)
    base = reader.get_historical_resolver(count - 1)
    # The first signature brings the form that holds it; the policy compares with one that was there.
    base.root.setdefault("/AcroForm", DictionaryObject({"/Fields": ArrayObject()}))
    _only_signatures_since(reader, base)


def _only_signatures_since(reader: PdfFileReader, base: HistoricalResolver) -> None:
    if isinstance(_SIGNATURES_ONLY.review_file(reader, base), SuspiciousModification):
        raise SignatureRefusedError(Reason.CHANGED)


def _signatures(reader: PdfFileReader, handed_in: bytes) -> list[EmbeddedPdfSignature]:
    if next(enumerate_sig_fields(reader, filled_status=False), None):
        raise SignatureRefusedError(Reason.EMPTY_FIELD)
    found: list[EmbeddedPdfSignature] = reader.embedded_signatures
    if not found:
        raise SignatureRefusedError(Reason.UNSIGNED)
    ends = [_end(signature, handed_in) for signature in found]
    if len(found) > SIGNATURES:
        raise SignatureRefusedError(Reason.TOO_MANY)
    if ends != sorted(set(ends)):
        raise SignatureRefusedError(Reason.PARTIAL)
    if ends[-1] != len(handed_in):
        raise SignatureRefusedError(Reason.TAIL)
    if any(signature.docmdp_level == MDPPerm.NO_CHANGES for signature in found[:-1]):
        raise SignatureRefusedError(Reason.CHANGED)
    return found


def _end(signature: EmbeddedPdfSignature, handed_in: bytes) -> int:
    """Where it ends what it covers: all from the first byte on but its own value, up to the end of its revision."""
    ranges = [int(number) for number in signature.byte_range]
    if len(ranges) != 4 or min(ranges) < 0:
        raise SignatureRefusedError(Reason.PARTIAL)
    start, before, resumed, after = ranges
    hole = handed_in[before:resumed]
    end = resumed + after
    is_own_value = hole[:1] == b"<" and hole[-1:] == b">" and bytes.fromhex(hole[1:-1].decode()) == bytes(
        signature.pkcs7_content
    )  # fmt: skip
    containers = [
        signature.reader.xrefs.get_xref_container_info(number).end_location
        for number in range(signature.signed_revision + 1)
    ]
    is_whole = handed_in[:end].rstrip().endswith(b"%%EOF") and max(containers) <= end <= len(handed_in)
    if start != 0 or not is_own_value or not is_whole:
        raise SignatureRefusedError(Reason.PARTIAL)
    return end


def _is_by_a_person(signature: EmbeddedPdfSignature, trust: Trust, at: datetime) -> bool:
    """A timestamp of the whole document, which archives add last, names no signer; yet it has to hold."""
    if signature.sig_object_type == "/Sig":
        return True
    status = asyncio.run(async_validate_pdf_timestamp(signature, _context(trust, at), skip_diff=True))
    if not (status.intact and status.valid and status.trusted):
        raise SignatureRefusedError(Reason.TIMESTAMP, _("an archive"))
    return False


def _signer(signature: EmbeddedPdfSignature, trust: Trust, at: datetime) -> Signer:
    if not signature.signed_data["certificates"]:
        raise SignatureRefusedError(Reason.NO_CERTIFICATE)
    certificate = signature.signer_cert
    name = _named(certificate.subject, "common_name")
    status = _status(signature, trust, at)
    if not status.intact:
        raise SignatureRefusedError(Reason.TAMPERED, name)
    if not status.valid:
        raise SignatureRefusedError(Reason.FORGED, name)
    stamped_at = _stamped_at(status.timestamp_validity, name, trust, at)
    moment = stamped_at or at
    if stamped_at:
        status = _status(signature, trust, stamped_at)
    if status.trust_problem_indic is not None:
        raise SignatureRefusedError(_why_untrusted(status.trust_problem_indic, certificate, moment), name)
    purposes = certificate.extended_key_usage_value
    if purposes is not None and not _PURPOSES & set(purposes.native):
        raise SignatureRefusedError(Reason.WRONG_USE, name)
    chain = _chain(status.validation_path)
    if is_revoked(chain, trust.revoked, moment):
        raise SignatureRefusedError(Reason.REVOKED, name)
    return Signer(
        name=name,
        organisation=_named(certificate.subject, "organization_name"),
        issuer=_named(certificate.issuer, "common_name"),
        signed_at=stamped_at or status.signer_reported_dt,
        is_timestamped=stamped_at is not None,
        is_revocation_checked=is_checked(chain, trust.revoked, at),
    )


def _status(signature: EmbeddedPdfSignature, trust: Trust, moment: datetime) -> PdfSignatureStatus:
    return asyncio.run(
        async_validate_pdf_signature(
            signature, _context(trust, moment), key_usage_settings=_FOR_DOCUMENTS, skip_diff=True
        )
    )


def _context(trust: Trust, moment: datetime) -> ValidationContext:
    """Fetches nothing; revocation is looked at here, by lists that can be large."""
    authorities = [x509.Certificate.load(authority) for authority in trust.authorities]
    return ValidationContext(trust_roots=authorities, moment=moment, allow_fetching=False)


def _stamped_at(stamp: TimestampSignatureStatus | None, name: str, trust: Trust, at: datetime) -> datetime | None:
    """A timestamp of an authority that nobody here trusts is as good as none."""
    if stamp is None:
        return None
    if not (stamp.intact and stamp.valid) or stamp.timestamp > at + _CLOCKS_DIFFER:
        raise SignatureRefusedError(Reason.TIMESTAMP, name)
    if not stamp.trusted or is_revoked(_chain(stamp.validation_path), trust.revoked, at):
        return None
    return stamp.timestamp


def _chain(path: ValidationPath | None) -> list[bytes]:
    """Root first; what is trusted has one."""
    return [] if path is None else [certificate.dump() for certificate in path.iter_certs(include_root=True)]


def _why_untrusted(problem: AdESSubIndic, certificate: x509.Certificate, moment: datetime) -> Reason:
    if certificate.issuer == certificate.subject:
        return Reason.UNTRUSTED
    if moment < certificate.not_valid_before:
        return Reason.NOT_YET_VALID
    return _UNTRUSTWORTHY.get(problem, Reason.CERTIFICATE)


def _named(name: x509.Name, part: str) -> str:
    found: Any = name.native.get(part, "")
    return found if isinstance(found, str) else ", ".join(found)
