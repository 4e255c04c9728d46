"""Signing a credential and checking it: a Data Integrity proof (eddsa-rdfc-2022) within it, or a JWT around it.

Follows W3C's Data Integrity EdDSA Cryptosuites 1.0 and Securing Verifiable Credentials using JOSE and COSE. Pure.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from evaluation.recognition.badges.canonical import canonical
from evaluation.recognition.badges.keys import PublicKey, SigningKey
from evaluation.recognition.badges.multibase import base58, base64url, from_base58, from_base64url

Document = dict[str, Any]
_SUITE = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod"}


class NotGenuineError(ValueError):
    """The signature is missing, is by another, or does not fit what is written."""


def with_proof(credential: Document, key: SigningKey, at: datetime.datetime) -> Document:
    """The credential with a proof of that moment in it."""
    proof = {**_SUITE, "created": moment(at), "verificationMethod": key.public.name}
    signature = key.sign(_digest(credential, proof))
    return {**credential, "proof": {**proof, "proofValue": base58(signature)}}


def check_proof(document: Document, keys: Iterable[PublicKey]) -> Document:
    """The credential without its proof. Raises NotGenuineError unless one of the keys made the proof over it."""
    proof = document.get("proof")
    if not isinstance(proof, dict) or any(proof.get(name) != value for name, value in _SUITE.items()):
        raise NotGenuineError("no proof of the expected kind")
    credential = {name: value for name, value in document.items() if name != "proof"}
    key = _named(proof.get("verificationMethod"), keys, credential)
    config = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        signature = from_base58(str(proof.get("proofValue")))
        is_genuine = key.verifies(signature, _digest(credential, config))
    except ValueError as error:
        raise NotGenuineError("the document or its proof is broken") from error
    if not is_genuine:
        raise NotGenuineError("the signature does not fit")
    return credential


def as_jwt(credential: Document, key: SigningKey) -> str:
    """The credential as a compact JWT, signed with EdDSA, with the claims that Open Badges asks for."""
    since = datetime.datetime.fromisoformat(credential["validFrom"])
    claims = {"iss": issuer_of(credential), "jti": credential["id"], "nbf": int(since.timestamp())}
    header = {"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": f"{key.public.name}-jwk"}
    signed = f"{_part(header)}.{_part({**credential, **claims})}"
    return f"{signed}.{base64url(key.sign(signed.encode('ascii')))}"


def check_jwt(token: str, keys: Iterable[PublicKey]) -> Document:
    """The credential in the JWT. Raises NotGenuineError unless one of the keys signed it."""
    try:
        head, body, signature = token.strip().split(".")
        header, claims = json.loads(from_base64url(head)), json.loads(from_base64url(body))
        raw = from_base64url(signature)
    except ValueError as error:
        raise NotGenuineError("no JWT") from error
    if not isinstance(header, dict) or not isinstance(claims, dict) or header.get("alg") != "EdDSA":
        raise NotGenuineError("no JWT of the expected kind")
    key = _named(str(header.get("kid", "")).removesuffix("-jwk"), keys, claims)
    if claims.get("iss", key.issuer) != key.issuer or not key.verifies(raw, f"{head}.{body}".encode()):
        raise NotGenuineError("the signature does not fit")
    return {name: value for name, value in claims.items() if name not in {"iss", "jti", "nbf"}}


def issuer_of(credential: Document) -> str:
    issuer = credential.get("issuer")
    return str(issuer.get("id", "") if isinstance(issuer, dict) else issuer)


def moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _named(name: object, keys: Iterable[PublicKey], credential: Document) -> PublicKey:
    key = next((key for key in keys if key.name == name), None)
    if key is None or key.issuer != issuer_of(credential):
        raise NotGenuineError("signed with a key that the issuer does not name")
    return key


def _digest(credential: Document, proof: Document) -> bytes:
    """What is signed: the hashes of the proof's options and of the credential, one after the other."""
    options = {"@context": credential.get("@context"), **proof}
    return b"".join(hashlib.sha256(canonical(part)).digest() for part in (options, credential))


def _part(content: Document) -> str:
    return base64url(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
