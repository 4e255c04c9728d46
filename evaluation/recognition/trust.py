"""Whose certificates signed files may rest on, and what was revoked: a folder of files that the operator keeps."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning
from django.utils import timezone

from evaluation.recognition.revocation import Trust, is_authority, is_in_date

Kept = x509.Certificate | x509.CertificateRevocationList


def trusted() -> Trust:
    """What cannot be read is left out: whose authority it was is not trusted, or not checked. ``faults`` says so."""
    kept = [item for path in _files() for item in _read(path)]
    certificates = [item for item in kept if isinstance(item, x509.Certificate) and is_authority(item)]
    lists = [item for item in kept if isinstance(item, x509.CertificateRevocationList)]
    return Trust(
        tuple(item.public_bytes(Encoding.DER) for item in certificates),
        tuple(item.public_bytes(Encoding.DER) for item in lists),
    )


def faults(at: datetime) -> list[str]:
    """What the operator has to do something about."""
    folder = settings.SIGNATURE_TRUST_DIR
    if folder and not Path(folder).is_dir():
        return [f"{folder} cannot be read: nobody's signature is accepted."]
    return [fault for path in _files() for fault in _faults(path, at)]


def check_trust(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    hint = f"Put the authority's newest file into {settings.SIGNATURE_TRUST_DIR}, or take this one out."
    return [CheckWarning(fault, hint=hint, id="recognition.W001") for fault in faults(timezone.now())]


def _files() -> list[Path]:
    folder = settings.SIGNATURE_TRUST_DIR
    if not folder or not Path(folder).is_dir():
        return []
    return sorted(path for path in Path(folder).iterdir() if path.is_file() and not path.name.startswith("."))


def _read(path: Path) -> list[Kept]:
    content = path.read_bytes()
    try:
        if b"-----BEGIN X509 CRL-----" in content:
            return [x509.load_pem_x509_crl(content)]
        if b"-----BEGIN CERTIFICATE-----" in content:
            return [*x509.load_pem_x509_certificates(content)]
    except ValueError:
        return []
    for load in (x509.load_der_x509_certificate, x509.load_der_x509_crl):
        try:
            return [load(content)]
        except ValueError:
            continue
    return []


def _faults(path: Path, at: datetime) -> Iterator[str]:
    kept = _read(path)
    if not kept:
        yield f"{path.name} is neither a certificate nor a list of revoked ones."
    for item in kept:
        if isinstance(item, x509.CertificateRevocationList):
            if not is_in_date(item, at):
                yield f"{path.name} is out of date: whom its authority revoked since is not known."
        elif not is_authority(item):  # a person's own would be trusted whatever it is meant for
            yield f"{path.name} is not the certificate of an authority: it is not trusted."
        elif item.not_valid_after_utc < at:
            yield f"{path.name} has expired: nothing that rests on it is accepted."
