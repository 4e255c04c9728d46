"""What statements say of their attachments must agree with the parts that come along (Data 2.4.11)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from intake.strict_json import NotJsonError, parse_json
from learning.tracking.xapi.equality import to_hundredths
from learning.tracking.xapi.formats import RefusedError, is_media_type
from learning.tracking.xapi.multipart import Part

# SHA-2 by the length of its digest in hexadecimal digits.
_SHA2 = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
_ALGORITHMS: dict[str, hashes.HashAlgorithm] = {
    "RS256": hashes.SHA256(),
    "RS384": hashes.SHA384(),
    "RS512": hashes.SHA512(),
}
# What a store or client may add after signing.
_ADDED = frozenset({"stored", "authority", "version", "timestamp", "id"})


def declared(statements: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each attachment with its statement, those of sub-statements too."""
    for statement in statements:
        for attachment in statement.get("attachments", ()):
            yield statement, attachment
        target = statement["object"]
        if target.get("objectType") == "SubStatement":
            yield from ((statement, attachment) for attachment in target.get("attachments", ()))


def check_attachments(statements: Sequence[dict[str, Any]], parts: Sequence[Part]) -> None:
    """Each part belongs to an attachment, each attachment has its part or a fileUrl, signatures hold.

    The digest in the statement, in the part's header and that of the content are one. Raises RefusedError.
    """
    by_digest = {part.digest: part for part in parts}
    wanted: set[str] = set()
    for statement, attachment in declared(statements):
        digest = attachment["sha2"].lower()
        wanted.add(digest)
        part = by_digest.get(digest)
        if part is None and "fileUrl" not in attachment:
            raise RefusedError("An attachment has neither a part of its own nor a fileUrl.")
        if attachment["usageType"] == SIGNATURE:
            check_signature(statement, attachment, part)
    for part in parts:
        _check_part(part, wanted)


def check_signature(statement: dict[str, Any], attachment: dict[str, Any], part: Part | None) -> None:
    """The payload is the statement as it was before the signature; where a certificate comes along (x5c), the
    signature holds under it. Whether that certificate is trusted is for the reader. Raises RefusedError.
    """
    if attachment["contentType"].partition(";")[0].strip().lower() != "application/octet-stream" or part is None:
        raise RefusedError("A signature is an attached application/octet-stream.")
    pieces = part.content.split(b".")
    if len(pieces) != 3:
        raise RefusedError("The signature is no compact JWS.")
    head, payload = _json(pieces[0]), _json(pieces[1])
    algorithm = head.get("alg")
    if not isinstance(algorithm, str) or algorithm not in _ALGORITHMS:
        raise RefusedError("The signature's algorithm is RS256, RS384 or RS512.")
    signature = _decode(pieces[2])
    if "x5c" in head:
        _verify(head, pieces[0] + b"." + pieces[1], signature)
    if not signature or _signed(payload) != _signed(statement):
        raise RefusedError("The signature is of another statement.")


def _check_part(part: Part, wanted: set[str]) -> None:
    if part.headers.get("content-transfer-encoding", "").lower() != "binary":
        raise RefusedError("Content-Transfer-Encoding of an attachment is binary.")
    if not part.digest or part.digest not in wanted:
        raise RefusedError("A part belongs to no attachment: X-Experience-API-Hash is missing or unknown.")
    if hashlib.new(_SHA2[len(part.digest)], part.content).hexdigest() != part.digest:
        raise RefusedError("The content of a part does not have the digest that X-Experience-API-Hash names.")
    if part.content_type and not is_media_type(part.content_type):
        raise RefusedError("Content-Type of a part is not an Internet media type.")


def _signed(statement: dict[str, Any]) -> dict[str, Any]:
    """What was under the signature, of the payload and of the statement alike. The payload may be malformed."""
    kept = {name: value for name, value in to_hundredths(statement).items() if name not in _ADDED}
    attachments = kept.pop("attachments", [])
    if isinstance(attachments, list):
        attachments = [one for one in attachments if not _is_signature(one)]
    return kept if attachments == [] else {**kept, "attachments": attachments}


def _is_signature(attachment: Any) -> bool:
    return isinstance(attachment, dict) and attachment.get("usageType") == SIGNATURE


def _verify(head: dict[str, Any], message: bytes, signature: bytes) -> None:
    try:
        certificate = x509.load_der_x509_certificate(base64.b64decode(head["x5c"][0], validate=True))
        key = certificate.public_key()
    except (ValueError, TypeError, KeyError, IndexError, UnsupportedAlgorithm, x509.InvalidVersion):
        raise RefusedError("x5c holds no certificate that can be read.") from None
    if not isinstance(key, rsa.RSAPublicKey):
        raise RefusedError("The certificate's key is no RSA key.")
    try:
        key.verify(signature, message, padding.PKCS1v15(), _ALGORITHMS[head["alg"]])
    except InvalidSignature:
        raise RefusedError("The signature does not hold.") from None


def _json(piece: bytes) -> dict[str, Any]:
    try:
        found = parse_json(_decode(piece))
    except NotJsonError:
        raise RefusedError("The signature is no JWS of JSON.") from None
    if not isinstance(found, dict):
        raise RefusedError("The signature is no JWS of JSON objects.")
    return found


def _decode(piece: bytes) -> bytes:
    try:
        return base64.b64decode(piece + b"=" * (-len(piece) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise RefusedError("The signature is not in base64url.") from None
