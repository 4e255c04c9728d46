"""A credential that somebody else may have signed: what it says, and how much its signature is worth here. Nothing is
fetched, so a key is known only where it is this site's own or where the name under which it signs is the key itself:
did:key, and did:web as sites of this kind write it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from badges.keys import PublicKey, from_base64url, public_keys
from badges.proofs import KNOWN, NotGenuineError, check_jwt, check_proof, is_signed_so
from badges.shape import Document, many
from intake.strict_json import NotJsonError, parse_json

# A record of a thousand facts has fewer. What is larger takes minutes to check, and goes unchecked.
_MOST_PARTS, _WIDEST = 30_000, 1_000
_AS_WRITTEN = {"@id": "", "@type": "@json"}


class Signature(StrEnum):
    OWN = "own"  # this site's
    FITS = "fits"  # by the key that the file names: nothing was changed since, whoever holds that key
    UNKNOWN = "unknown"  # none, or with a key, of a kind or in words that are not known here


@dataclass(frozen=True)
class Signed:
    credential: Document
    signature: Signature


def read_signed(content: str, at: datetime.datetime) -> Signed:
    """Raises NotGenuineError for what cannot be read, and where a signature that can be checked does not fit."""
    if content.lstrip().startswith("{"):
        return _read_json(content, at)
    return _read_jwt(content.strip(), at)


def key_named(method: object) -> PublicKey | None:
    """The key that a verification method is named after: "did:key:z6Mk…#z6Mk…", "did:web:example.vn#z6Mk…"."""
    issuer, _sign, multibase = str(method).removesuffix("-jwk").partition("#")
    key = PublicKey(issuer, multibase)
    try:
        is_key = bool(key.raw) and (not issuer.startswith("did:key:") or issuer == f"did:key:{multibase}")
    except ValueError:
        return None
    return key if is_key and issuer.startswith("did:") else None


def _read_json(content: str, at: datetime.datetime) -> Signed:
    document = _object(content)
    proofs = [proof for proof in many(document.get("proof", [])) if isinstance(proof, dict)]
    keys = _keys(proof.get("verificationMethod") for proof in proofs if is_signed_so(proof))
    if not keys or not _can_be_checked(document):
        return Signed({name: value for name, value in document.items() if name != "proof"}, Signature.UNKNOWN)
    return Signed(check_proof(document, keys, at), _worth(keys))


def _read_jwt(content: str, at: datetime.datetime) -> Signed:
    try:
        head, body, _signature = content.split(".")
        header, claims = (_object(from_base64url(part).decode()) for part in (head, body))
    except ValueError as error:
        raise NotGenuineError("neither JSON nor JWT") from error
    keys = _keys([header.get("kid")]) if header.get("alg") == "EdDSA" else []
    if not keys or not _can_be_checked(claims):
        inner = claims.get("vc")
        return Signed(inner if isinstance(inner, dict) else claims, Signature.UNKNOWN)
    return Signed(check_jwt(content, keys, at), _worth(keys))


def _object(content: str) -> Document:
    try:
        document = parse_json(content)
    except NotJsonError as error:
        raise NotGenuineError("the file is broken") from error
    if not isinstance(document, dict):
        raise NotGenuineError("the file holds no credential")
    return document


def _keys(methods: Iterable[object]) -> list[PublicKey]:
    return [key for method in methods if (key := key_named(method)) is not None]


def _worth(keys: list[PublicKey]) -> Signature:
    own = {key.name for key in public_keys()}
    return Signature.OWN if all(key.name in own for key in keys) else Signature.FITS


def _can_be_checked(document: Document) -> bool:
    """Whether it is of a size that can be, and in words that are known here."""
    left: list[object] = [document]
    for _number in range(_MOST_PARTS):
        if not left:
            return True
        part = left.pop()
        values = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        is_strange = isinstance(part, dict) and not all(map(_is_known, many(part.get("@context", []))))
        if is_strange or len(values) > _WIDEST:
            return False
        left += [value for value in values if isinstance(value, dict | list)]
    return not left


def _is_known(context: object) -> bool:
    """One kept here, or words for what is signed as it is written. By any other a file could be changed in what is read
    here and stay the same in what is signed."""
    if isinstance(context, dict):
        return all(isinstance(term, dict) and {**term, "@id": ""} == _AS_WRITTEN for term in context.values())
    return context in KNOWN
