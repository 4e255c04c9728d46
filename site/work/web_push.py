"""What Web Push asks of who sends: a text that one browser alone can read (RFC 8291, aes128gcm of RFC 8188), and a
signature that says who sends (VAPID, RFC 8292). Pure: see decision 0139."""

import base64
import binascii
import datetime
from functools import lru_cache

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_RECORD = 4096
_SECRET = 16
_SIGNED_FOR = datetime.timedelta(hours=12)  # services refuse what is good for more than a day


def new_key() -> str:
    number = generate_private_key(SECP256R1()).private_numbers().private_value
    return _written(number.to_bytes(32))


@lru_cache
def key_of(text: str) -> EllipticCurvePrivateKey:
    """Raises ValueError for what is no key."""
    octets = _read(text)
    if len(octets) != 32:
        raise ValueError("A key of web push has 32 octets.")
    return derive_private_key(int.from_bytes(octets), SECP256R1())


@lru_cache
def public_half(text: str) -> str:
    """Of a private key what browsers are told, so that they take nothing but what it signed."""
    return _written(_point(key_of(text).public_key()))


def can_seal(p256dh: str, auth: str) -> bool:
    """Whether these are what a browser gives: a point of the curve, and a secret."""
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _read(p256dh))
        return len(_read(auth)) == _SECRET
    except ValueError:
        return False


def seal(text: bytes, p256dh: str, auth: str, *, once: EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """``once`` and ``salt`` are made anew for each text."""
    theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _read(p256dh))
    own = _point(once.public_key())
    shared = once.exchange(ECDH(), theirs)
    material = _derived(shared, _read(auth), b"WebPush: info\0" + _point(theirs) + own, 32)
    key = _derived(material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(material, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + _RECORD.to_bytes(4) + len(own).to_bytes(1) + own
    return head + AESGCM(key).encrypt(nonce, text + b"\x02", None)  # the last record, and the only one


def signed(origin: str, contact: str, key: str, at: datetime.datetime) -> str:
    """The header by which the service at that origin knows who sends; ``contact`` is an address to complain to."""
    told = {"aud": origin, "sub": contact, "exp": int((at + _SIGNED_FOR).timestamp())}
    return f"vapid t={jwt.encode(told, key_of(key), algorithm='ES256')}, k={public_half(key)}"


def _derived(material: bytes, salt: bytes, about: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, about).derive(material)


def _point(key: EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _written(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def _read(text: str) -> bytes:
    """Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("That is no base64url.") from error
