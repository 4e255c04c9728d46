"""Signing a credential and checking it: a Data Integrity proof (eddsa-rdfc-2022) within it, or a JWT around it.

Follows W3C's Data Integrity EdDSA Cryptosuites 1.0 and Securing Verifiable Credentials using JOSE and COSE. What is
signed is a JSON-LD document as the statements it makes, in an order that does not depend on how it was written
(RDFC-1.0, known as URDNA2015 before). Nothing is fetched: a document may use the contexts kept here and no other.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pyld import jsonld  # type: ignore[import-untyped]
from pyld.canon import URDNA2015  # type: ignore[import-untyped]

from badges.keys import PublicKey, SigningKey, base58, base64url, from_base58, from_base64url
from badges.shape import (
    Document,
    MisshapenError,
    many,
    moment_of,
    require_credential,
    require_named_types,
    require_proof,
)
from intake.strict_json import parse_json

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
LEARNER_RECORDS = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"

_FOLDER = Path(__file__).parent / "contexts"
_FILES = {
    CREDENTIALS: "credentials-v2.json",
    OPEN_BADGES: "open-badges-3.0.3.json",
    LEARNER_RECORDS: "clr-2.0.1.json",
}
KNOWN = frozenset(_FILES)
_MOST_STEPS = 500  # of telling nameless parts apart; those of a badge need none
# What reading a stranger's document stumbles over.
_UNREADABLE = (ArithmeticError, TypeError, LookupError, AttributeError, RecursionError)
_CLAIMS = {"iss", "jti", "nbf", "exp", "iat", "aud", "sub"}
_SUITE = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod"}


class UnknownContextError(ValueError):
    """The document uses words that are not kept here."""


def canonical(document: dict[str, Any]) -> bytes:
    """The document's statements, one a line. Raises ValueError where it is no such document, or where a part of it
    has no meaning and so would not be signed."""
    meaning = {"documentLoader": _load, "produceGeneralizedRdf": False}
    try:
        statements = jsonld.JsonLdProcessor(on_property_dropped=_refuse).to_rdf(document, meaning)
        return str(_Bounded().main(statements, {"format": "application/n-quads"})).encode()
    except (jsonld.JsonLdError, *_UNREADABLE) as error:
        raise ValueError(f"no document in JSON-LD: {getattr(error, 'type', error)}") from error


def require_shape(credential: Document) -> None:
    """Raises NotGenuineError for what is no credential, or uses words that its contexts do not explain."""
    options = {"documentLoader": _load, "base": None}  # else what has no meaning is given an address
    try:
        require_credential(credential, CREDENTIALS)
        require_named_types(jsonld.JsonLdProcessor(on_property_dropped=_refuse).expand(credential, options))
    except MisshapenError as error:
        raise NotGenuineError(str(error)) from error
    except (ValueError, jsonld.JsonLdError, *_UNREADABLE) as error:
        raise NotGenuineError("the document or one of its contexts is broken or not known here") from error


def context(address: str) -> dict[str, Any]:
    """The context kept under the address; raises UnknownContextError when there is none."""
    if address not in _FILES:
        raise UnknownContextError(address)
    return _read(address)


class NotGenuineError(ValueError):
    """The signature is missing, is by another, or does not fit what is written."""


def with_proof(credential: Document, key: SigningKey, at: datetime.datetime) -> Document:
    """The credential with a proof of that moment in it."""
    proof = {**_SUITE, "created": moment(at), "verificationMethod": key.public.name}
    signature = key.sign(_digest(credential, proof))
    return {**credential, "proof": {**proof, "proofValue": base58(signature)}}


def check_proof(document: Document, keys: Iterable[PublicKey], at: datetime.datetime) -> Document:
    """The credential without its proof. Raises NotGenuineError unless one of the keys made the proof over it; of
    several proofs, all that the keys made must hold at that moment, and one must be theirs."""
    known = list(keys)
    credential = {name: value for name, value in document.items() if name != "proof"}
    require_shape(credential)
    proofs = many(document.get("proof", []))
    try:
        for proof in proofs:
            require_proof(proof)
    except MisshapenError as error:
        raise NotGenuineError(str(error)) from error
    names = {key.name for key in known}
    own = [proof for proof in proofs if proof["verificationMethod"] in names]
    if not own:
        raise NotGenuineError("signed with a key that the issuer does not name")
    for proof in own:
        _require_proof_holds(credential, proof, known, at)
    return credential


def as_jwt(credential: Document, key: SigningKey) -> str:
    """The credential as a compact JWT, signed with EdDSA, with the claims that Open Badges asks for."""
    since = datetime.datetime.fromisoformat(credential["validFrom"])
    claims = {"iss": issuer_of(credential), "jti": credential["id"], "nbf": int(since.timestamp())}
    header = {"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": f"{key.public.name}-jwk"}
    signed = f"{_part(header)}.{_part({**credential, **claims})}"
    return f"{signed}.{base64url(key.sign(signed.encode('ascii')))}"


def check_jwt(token: str, keys: Iterable[PublicKey], at: datetime.datetime) -> Document:
    """The credential in the JWT. Raises NotGenuineError unless one of the keys signed it, and for claims around it that
    say something else or that hold no more."""
    try:
        head, body, signature = token.strip().split(".")
        header, claims = parse_json(from_base64url(head)), parse_json(from_base64url(body))
        raw = from_base64url(signature)
    except ValueError as error:
        raise NotGenuineError("no JWT") from error
    if not isinstance(header, dict) or not isinstance(claims, dict) or header.get("alg") != "EdDSA":
        raise NotGenuineError("no JWT of the expected kind")
    key = _named(str(header.get("kid", "")).removesuffix("-jwk"), keys, claims)
    if claims.get("iss", key.issuer) != key.issuer or not key.verifies(raw, f"{head}.{body}".encode()):
        raise NotGenuineError("the signature does not fit")
    credential = {name: value for name, value in claims.items() if name not in _CLAIMS}
    require_shape(credential)
    if claims.get("jti", credential.get("id")) != credential.get("id"):
        raise NotGenuineError("the claims name another credential")
    begins, ends = claims.get("nbf", 0), claims.get("exp", at.timestamp() + 1)
    if not all(type(one) in (int, float) for one in (begins, ends)) or not begins <= at.timestamp() < ends:
        raise NotGenuineError("the JWT does not hold at this moment")
    return credential


def is_signed_so(proof: Document) -> bool:
    """Whether a proof is of the one kind that is made and checked here."""
    return all(proof.get(name) == value for name, value in _SUITE.items())


def issuer_of(credential: Document) -> str:
    issuer = credential.get("issuer")
    return str(issuer.get("id", "") if isinstance(issuer, dict) else issuer)


def moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class _Bounded(URDNA2015):
    """A stranger can write a few nameless things so alike that telling them apart takes days."""

    steps_left = _MOST_STEPS

    def hash_n_degree_quads(self, id_: str, issuer: Any) -> Any:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise ValueError("parts without names cannot be told apart")
        return super().hash_n_degree_quads(id_, issuer)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} has no meaning in this document")


def _load(address: str, options: dict[str, Any]) -> dict[str, Any]:
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": context(address),
    }


@cache
def _read(address: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_FOLDER / _FILES[address]).read_text())
    return found


def _named(name: object, keys: Iterable[PublicKey], credential: Document) -> PublicKey:
    key = next((key for key in keys if key.name == name), None)
    if key is None or key.issuer != issuer_of(credential):
        raise NotGenuineError("signed with a key that the issuer does not name")
    return key


def _require_proof_holds(
    credential: Document, proof: Document, keys: Iterable[PublicKey], at: datetime.datetime
) -> None:
    if not is_signed_so(proof) or {"@context", "previousProof"} & proof.keys():
        raise NotGenuineError("no proof of the expected kind")
    if "expires" in proof and moment_of(proof["expires"], "proof.expires") <= at:
        raise NotGenuineError("the proof has expired")
    key = _named(proof["verificationMethod"], keys, credential)
    config = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        is_genuine = key.verifies(from_base58(proof["proofValue"]), _digest(credential, config))
    except ValueError as error:
        raise NotGenuineError("the document or its proof is broken") from error
    if not is_genuine:
        raise NotGenuineError("the signature does not fit")


def _digest(credential: Document, proof: Document) -> bytes:
    """What is signed: the hashes of the proof's options and of the credential, one after the other."""
    options = {"@context": credential.get("@context"), **proof}
    return b"".join(hashlib.sha256(canonical(part)).digest() for part in (options, credential))


def _part(content: Document) -> str:
    return base64url(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
