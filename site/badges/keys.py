"""The keys that sign badges, as decentralised identifiers write them (multibase: a first letter names the alphabet of
the rest), and the public document by which anyone finds them (did:web).

The secret key comes from the environment. A key that is replaced stays in the document as long as badges that it
signed shall verify: docs/badges.md says how to rotate.
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

_LONGEST = 200  # signs; a signature has 89
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

# What stands before the 32 bytes of an Ed25519 key (the multicodec table).
PUBLIC_KEY, SECRET_KEY = b"\xed\x01", b"\x80\x26"


def base58(content: bytes) -> str:
    """Multibase "z": base58 with Bitcoin's alphabet."""
    number, signs = int.from_bytes(content, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        signs = _BASE58[rest] + signs
    zeros = len(content) - len(content.lstrip(b"\0"))
    return "z" + _BASE58[0] * zeros + signs


def from_base58(text: str) -> bytes:
    """Raises ValueError when it is none, or longer than any key or signature: to read it takes the square of its
    length."""
    if not text.startswith("z") or len(text) > _LONGEST:
        raise ValueError("multibase text must begin with z and be that of a key or a signature")
    number = 0
    for sign in text[1:]:
        number = number * 58 + _BASE58.index(sign)
    zeros = len(text[1:]) - len(text[1:].lstrip(_BASE58[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url(content: bytes) -> str:
    """Without padding, as JOSE writes it."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Raises ValueError when it is none."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error


@dataclass(frozen=True)
class PublicKey:
    """An Ed25519 key under the issuer's name. ``multibase`` is how the issuer's document writes it."""

    issuer: str
    multibase: str

    @property
    def name(self) -> str:
        """The verification method that proofs name: the issuer, and the key itself."""
        return f"{self.issuer}#{self.multibase}"

    @property
    def raw(self) -> bytes:
        return _without(PUBLIC_KEY, self.multibase)

    def verifies(self, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    public: PublicKey
    secret: Ed25519PrivateKey

    def sign(self, message: bytes) -> bytes:
        return self.secret.sign(message)


def issuer() -> str:
    """did:web of the site: "did:web:example.vn", or with a port "did:web:127.0.0.1%3A8000"."""
    return f"did:web:{quote(urlsplit(settings.BASE_URL).netloc, safe='')}"


def new_secret() -> str:
    """A new secret key as the environment takes it."""
    return base58(SECRET_KEY + Ed25519PrivateKey.generate().private_bytes_raw())


def signing_key() -> SigningKey | None:
    """The key that signs today; None where none was set: then no badges are given out."""
    return key_of(settings.BADGE_SIGNING_KEY, issuer()) if settings.BADGE_SIGNING_KEY else None


def key_of(secret: str, issuer: str) -> SigningKey:
    """Raises ValueError when the text holds no Ed25519 secret key."""
    private = Ed25519PrivateKey.from_private_bytes(_without(SECRET_KEY, secret))
    public = base58(PUBLIC_KEY + private.public_key().public_bytes_raw())
    return SigningKey(PublicKey(issuer, public), private)


def public_keys() -> list[PublicKey]:
    """Today's key first, then those that signed before it."""
    current = signing_key()
    retired = [PublicKey(issuer(), text) for text in settings.BADGE_RETIRED_KEYS]
    return [*([current.public] if current else []), *retired]


def did_document(keys: list[PublicKey]) -> dict[str, Any]:
    """What stands at /.well-known/did.json: each key twice, for data integrity proofs and for JWT."""
    name = keys[0].issuer
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1",
                     "https://w3id.org/security/jwk/v1"],
        "id": name,
        "verificationMethod": [method for key in keys for method in (_multikey(key), _jwk(key))],
        "assertionMethod": [method["id"] for key in keys for method in (_multikey(key), _jwk(key))],
    }  # fmt: skip


def keys_in(document: dict[str, Any]) -> list[PublicKey]:
    """The keys that such a document allows to sign badges. Raises ValueError when it is none."""
    allowed = document.get("assertionMethod", [])
    methods = document.get("verificationMethod", [])
    if not isinstance(allowed, list) or not isinstance(methods, list):
        raise ValueError("no document of an issuer")
    keys = [
        PublicKey(str(document.get("id", "")), str(method["publicKeyMultibase"]))
        for method in methods
        if isinstance(method, dict) and "publicKeyMultibase" in method and method.get("id") in allowed
    ]
    return [key for key in keys if key.raw]


def _multikey(key: PublicKey) -> dict[str, Any]:
    return {"id": key.name, "type": "Multikey", "controller": key.issuer, "publicKeyMultibase": key.multibase}


def _jwk(key: PublicKey) -> dict[str, Any]:
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": base64url(key.raw)}
    return {"id": f"{key.name}-jwk", "type": "JsonWebKey", "controller": key.issuer, "publicKeyJwk": jwk}


def _without(head: bytes, text: str) -> bytes:
    content = from_base58(text)
    if not content.startswith(head) or len(content) != len(head) + 32:
        raise ValueError("this is no Ed25519 key")
    return content.removeprefix(head)
