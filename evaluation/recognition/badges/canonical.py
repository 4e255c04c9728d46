"""A JSON-LD document as the statements it makes, in an order that does not depend on how it was written (RDFC-1.0,
known as URDNA2015 before). Nothing is fetched: a document may use the contexts kept here and no other."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from pyld import jsonld  # type: ignore[import-untyped]

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

_FOLDER = Path(__file__).parent / "contexts"
_FILES = {CREDENTIALS: "credentials-v2.json", OPEN_BADGES: "open-badges-3.0.3.json"}


class UnknownContextError(ValueError):
    """The document uses words that are not kept here."""


def canonical(document: dict[str, Any]) -> bytes:
    """The document's statements, one a line. Raises ValueError where it is no such document, or where a part of it
    has no meaning and so would not be signed."""
    options = {"format": "application/n-quads", "algorithm": "URDNA2015", "documentLoader": _load}
    try:
        return str(jsonld.JsonLdProcessor(on_property_dropped=_refuse).normalize(document, options)).encode()
    except jsonld.JsonLdError as error:
        raise ValueError(f"no document in JSON-LD: {error.type}") from error


def context(address: str) -> dict[str, Any]:
    """The context kept under the address; raises UnknownContextError when there is none."""
    if address not in _FILES:
        raise UnknownContextError(address)
    return _read(address)


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
