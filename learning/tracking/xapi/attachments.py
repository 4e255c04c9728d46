"""What statements say of their attachments must agree with the parts that come along (Data 2.4.11)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from learning.tracking.store.multipart import Part
from learning.tracking.xapi.errors import RefusedError
from learning.tracking.xapi.formats import is_media_type
from learning.tracking.xapi.signatures import SIGNATURE, check_signature

# SHA-2 by the length of its digest in hexadecimal digits.
_SHA2 = {56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}


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


def _check_part(part: Part, wanted: set[str]) -> None:
    if part.headers.get("content-transfer-encoding", "").lower() != "binary":
        raise RefusedError("Content-Transfer-Encoding of an attachment is binary.")
    if not part.digest or part.digest not in wanted:
        raise RefusedError("A part belongs to no attachment: X-Experience-API-Hash is missing or unknown.")
    if hashlib.new(_SHA2[len(part.digest)], part.content).hexdigest() != part.digest:
        raise RefusedError("The content of a part does not have the digest that X-Experience-API-Hash names.")
    if part.content_type and not is_media_type(part.content_type):
        raise RefusedError("Content-Type of a part is not an Internet media type.")
