"""Bytes as text, as decentralised identifiers write them: a first letter names the alphabet of the rest. Pure."""

import base64
import binascii

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
    """Raises ValueError when it is none."""
    if not text.startswith("z"):
        raise ValueError("multibase text must begin with z")
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
