"""The keys that sign badges, and the public document by which anyone finds them (did:web).

The secret key comes from the environment. A key that is replaced stays in the document as long as badges that it
signed shall verify: docs/badges.md says how to rotate.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from evaluation.recognition.badges.multibase import PUBLIC_KEY, SECRET_KEY, base58, base64url, from_base58


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
