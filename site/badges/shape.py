"""What a credential must look like before its signature is worth asking for: W3C's Verifiable Credentials Data Model
2.0, sections 4 and 5, and the members of a proof by Data Integrity 1.0. Pure, but for the contexts that are kept here.

A signature says who wrote something; whether it can be read as a credential at all is asked here.
"""

import datetime
import re
from collections.abc import Callable, Iterable
from typing import Any

Document = dict[str, Any]

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_MOMENT = re.compile(
    r"-?([1-9][0-9]{3,}|0[0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
    r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
)
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
# Objects that must say of which type they are.
_TYPED = ("credentialStatus", "credentialSchema", "refreshService", "termsOfUse", "evidence", "renderMethod",
          "confidenceMethod")  # fmt: skip


class MisshapenError(ValueError):
    """The document is no credential; the message names the member and says what is wrong with it."""


def require_credential(document: Document, base_context: str) -> None:
    """Raises MisshapenError."""
    _require_context(document.get("@context"), base_context)
    _require_types(document, "the credential")
    if "VerifiableCredential" not in many(document["type"]):
        raise MisshapenError("type does not name VerifiableCredential")
    _require_id(document, "id")
    _require_words(document, "the credential")
    _require_issuer(document.get("issuer"))
    _require_subjects(document.get("credentialSubject"))
    _require_period(document)
    for name in _TYPED:
        for part in _objects(document, name):
            _require_types(part, name)
            _require_id(part, f"{name}.id")
    _require_particulars(document)


def require_proof(proof: object) -> None:
    """Raises MisshapenError for what cannot be a proof of Data Integrity, whoever made it."""
    if not isinstance(proof, dict):
        raise MisshapenError("proof is no object")
    _require_types(proof, "proof")
    _require_id(proof, "proof.id")
    needed = {name: proof.get(name) for name in ("cryptosuite", "proofPurpose", "proofValue", "verificationMethod")}
    optional = {name: proof[name] for name in ("challenge", "nonce") if name in proof}
    for name, value in (needed | optional).items():
        if not isinstance(value, str) or not value:
            raise MisshapenError(f"proof.{name} is missing or no text")
    if not all(isinstance(domain, str) for domain in many(proof.get("domain", []))):
        raise MisshapenError("proof.domain is no text")
    if not is_url(proof["verificationMethod"]):
        raise MisshapenError("proof.verificationMethod is no URL")
    for name in sorted({"created", "expires"} & proof.keys()):
        moment_of(proof[name], f"proof.{name}")


def is_url(value: object) -> bool:
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def many(value: Any) -> list[Any]:
    """One or several, as a list."""
    return value if isinstance(value, list) else [value]


def moment_of(value: object, name: str) -> datetime.datetime:
    """A dateTimeStamp; without an offset it is read as UTC, as the standard asks. Raises MisshapenError."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise MisshapenError(f"{name} is no date with time")
    is_next_midnight = "T24:" in value
    try:
        read = datetime.datetime.fromisoformat(value.replace("T24:", "T00:"))
    except ValueError as error:
        raise MisshapenError(f"{name} is no day of the calendar") from error
    read = read if read.tzinfo else read.replace(tzinfo=datetime.UTC)
    return read + datetime.timedelta(days=1) if is_next_midnight else read


def text_of(value: Any) -> str:
    """A name or a description, be it plain or in languages."""
    said = [part["@value"] if isinstance(part, dict) else part for part in many(value)]
    return " / ".join(str(part) for part in said)


def _require_context(context: object, base: str) -> None:
    if not isinstance(context, list) or not context or context[0] != base:
        raise MisshapenError(f"@context is no list that begins with {base}")
    if not all(isinstance(part, dict) or is_url(part) for part in context):
        raise MisshapenError("@context holds something that is neither URL nor object")


def _require_types(part: Document, name: str) -> None:
    types = many(part.get("type", []))
    if not types or not all(isinstance(one, str) and one and not re.search(r"\s", one) for one in types):
        raise MisshapenError(f"{name} has no type")


def _require_id(part: Document, name: str, *, is_required: bool = False) -> None:
    if (is_required or "id" in part) and not is_url(part.get("id")):
        raise MisshapenError(f"{name} is not one URL")


def _require_issuer(issuer: object) -> None:
    if isinstance(issuer, dict):
        _require_id(issuer, "issuer.id", is_required=True)
        _require_words(issuer, "issuer")
    elif not is_url(issuer):
        raise MisshapenError("issuer is no URL")


def _require_subjects(subjects: object) -> None:
    listed = many(subjects)
    if not listed or not all(isinstance(one, dict) and one for one in listed):
        raise MisshapenError("credentialSubject says nothing")
    for one in listed:
        _require_id(one, "credentialSubject.id")


def _require_period(document: Document) -> None:
    named = ("validFrom", "validUntil")
    known = [moment_of(document[name], name) for name in named if name in document]
    if len(known) == 2 and known[0] > known[1]:
        raise MisshapenError("validUntil lies before validFrom")


def _require_particulars(document: Document) -> None:
    """What single members ask beyond a type."""
    for schema in _objects(document, "credentialSchema"):
        _require_id(schema, "credentialSchema.id", is_required=True)
    for status in _objects(document, "credentialStatus"):
        if "BitstringStatusListEntry" in many(status["type"]):
            _require_entry(status)
    related = _objects(document, "relatedResource")
    for resource in related:
        _require_id(resource, "relatedResource.id", is_required=True)
        if not any(isinstance(resource.get(name), str) for name in ("digestSRI", "digestMultibase")):
            raise MisshapenError("relatedResource has no digest")
    if len({resource["id"] for resource in related}) < len(related):
        raise MisshapenError("relatedResource names one thing twice")


def _require_entry(status: Document) -> None:
    index = status.get("statusListIndex")
    if not isinstance(index, str) or not re.fullmatch(r"[0-9]{1,12}", index):
        raise MisshapenError("credentialStatus.statusListIndex is no number in text")
    if not isinstance(status.get("statusPurpose"), str):
        raise MisshapenError("credentialStatus.statusPurpose is missing")
    if not is_url(status.get("statusListCredential")):
        raise MisshapenError("credentialStatus.statusListCredential is no URL")


def _objects(document: Document, name: str) -> list[Document]:
    if name not in document:
        return []
    listed = many(document[name])
    if not listed or not all(isinstance(one, dict) and one for one in listed):
        raise MisshapenError(f"{name} is not one or several objects")
    return listed


def _require_words(part: Document, owner: str) -> None:
    for name in ("name", "description"):
        if name in part and not (part[name] and all(map(_is_words, many(part[name])))):
            raise MisshapenError(f"{name} of {owner} is neither text nor text in a language")


def _is_words(value: object) -> bool:
    if not isinstance(value, dict):
        return isinstance(value, str)
    checks: dict[str, Callable[[object], bool]] = {
        "@value": lambda said: isinstance(said, str),
        "@language": lambda said: isinstance(said, str) and _LANGUAGE.fullmatch(said) is not None,
        "@direction": lambda said: said in ("ltr", "rtl"),
    }
    return "@value" in value and all(name in checks and checks[name](said) for name, said in value.items())


def require_named_types(expanded: Iterable[object]) -> None:
    """Of an expanded document: every type and every id became a URL; a word that no context knows did not. Raises
    MisshapenError."""
    for node in expanded:
        if isinstance(node, list):
            require_named_types(node)
        elif isinstance(node, dict) and not _is_json(node):
            for one in [*many(node.get("@type", [])), *many(node.get("@id", []))]:
                if not is_url(one) and not str(one).startswith("_:"):
                    raise MisshapenError(f"{one} has no meaning in this document")
            require_named_types(node.values())


def _is_json(node: Document) -> bool:
    """A JSON literal: signed as it is written, whatever its members are called."""
    return "@value" in node and node.get("@type") == "@json"
