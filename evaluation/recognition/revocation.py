"""Whom the operator trusts, and what these revoked by their lists (CRLs), which may be large and may be out of date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

Revoked = tuple[bytes, ...]


@dataclass(frozen=True)
class Trust:
    """Whom the operator trusts: certificates of authorities, and what these revoked; each as DER."""

    authorities: tuple[bytes, ...]
    revoked: Revoked = ()


def is_revoked(chain: Sequence[bytes], lists: Revoked, moment: datetime) -> bool:
    """Whether one of a chain, as DER and root first, was revoked by then: also by a list that is out of date by now."""
    return any(
        (entry := crl.get_revoked_certificate_by_serial_number(issued.serial_number)) is not None
        and entry.revocation_date_utc <= moment
        for issuer, issued in _pairs(chain)
        for crl in _of(issuer, lists)
    )


def is_checked(chain: Sequence[bytes], lists: Revoked, at: datetime) -> bool:
    """Whether for each but the root a list that is in date would name it."""
    return all(
        any(is_in_date(crl, at) and _would_name(crl, issued) for crl in _of(issuer, lists))
        for issuer, issued in _pairs(chain)
    )


def is_in_date(crl: x509.CertificateRevocationList, at: datetime) -> bool:
    return crl.next_update_utc is not None and crl.last_update_utc <= at <= crl.next_update_utc


def is_authority(issued: x509.Certificate) -> bool:
    try:
        return issued.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _pairs(chain: Sequence[bytes]) -> list[tuple[x509.Certificate, x509.Certificate]]:
    return list(pairwise(x509.load_der_x509_certificate(certificate) for certificate in chain))


def _of(issuer: x509.Certificate, lists: Revoked) -> list[x509.CertificateRevocationList]:
    loaded = (x509.load_der_x509_crl(crl) for crl in lists)
    return [crl for crl in loaded if crl.issuer == issuer.subject and _is_signed_by(crl, issuer)]


def _is_signed_by(crl: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    try:
        return crl.is_signature_valid(issuer.public_key())  # type: ignore[arg-type] # some keys only encrypt
    except (InvalidSignature, UnsupportedAlgorithm, TypeError):
        return False


def _would_name(crl: x509.CertificateRevocationList, issued: x509.Certificate) -> bool:
    """Some lists hold only what changed, or only a part of what an authority issued."""
    if any(isinstance(extension.value, x509.DeltaCRLIndicator) for extension in crl.extensions):
        return False
    parts = [extension.value for extension in crl.extensions]
    return all(_is_of_part(part, issued) for part in parts if isinstance(part, x509.IssuingDistributionPoint))


def _is_of_part(part: x509.IssuingDistributionPoint, issued: x509.Certificate) -> bool:
    if part.indirect_crl or part.only_contains_attribute_certs or part.only_some_reasons:
        return False
    if part.only_contains_user_certs if is_authority(issued) else part.only_contains_ca_certs:
        return False
    names = set(part.full_name or ())
    return not names or bool(names & _distributed(issued))


def _distributed(issued: x509.Certificate) -> set[x509.GeneralName]:
    try:
        points = issued.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return set()
    return {name for point in points for name in point.full_name or ()}
