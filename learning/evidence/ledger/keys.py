"""The key that signs checkpoints. It stands in the environment, never in the database that it guards."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from learning.evidence.ledger.verifier import key_id

_VOUCHING = b"cong-dan-hoc-tap ledger key v1\n"


@dataclass(frozen=True)
class SigningKey:
    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        return key_id(self.public)

    def sign(self, message: bytes) -> str:
        """In base64."""
        return base64.b64encode(self.private.sign(message)).decode()

    def vouch_for(self, public_key: bytes) -> str:
        """The signature by which this key hands over to the next."""
        return self.sign(vouching_text(public_key))


def vouching_text(public_key: bytes) -> bytes:
    return _VOUCHING + public_key


def signing_key() -> SigningKey:
    """The key of ``LEDGER_SIGNING_KEY``; in development one that follows from the secret key."""
    if settings.LEDGER_SIGNING_KEY:
        return _read(settings.LEDGER_SIGNING_KEY)
    return SigningKey(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(settings.SECRET_KEY.encode()).digest()))


def previous_key() -> SigningKey | None:
    """The key of ``LEDGER_PREVIOUS_KEY``, set while one key hands over to the next."""
    return _read(settings.LEDGER_PREVIOUS_KEY) if settings.LEDGER_PREVIOUS_KEY else None


def new_key() -> tuple[str, str]:
    """A fresh pair, private and public, in base64."""
    key = SigningKey(Ed25519PrivateKey.generate())
    return base64.b64encode(key.private.private_bytes_raw()).decode(), public_text(key.public)


def public_text(public_key: bytes) -> str:
    return base64.b64encode(public_key).decode()


def _read(text: str) -> SigningKey:
    try:
        return SigningKey(Ed25519PrivateKey.from_private_bytes(base64.b64decode(text, validate=True)))
    except ValueError as unreadable:
        raise ImproperlyConfigured("A ledger key is 32 bytes in base64: `manage.py ledger_key` makes one.") from (
            unreadable
        )
