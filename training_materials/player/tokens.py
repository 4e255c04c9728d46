"""Addresses of contents and libraries: signed, expiring, and the same for hours, so that browsers keep the files.

The frame has no cookie that could say who asks; the signature says that this site handed the address out.
"""

import time
from dataclasses import dataclass
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

_HOUR = 3600
# An address holds for at least the first, at most for the first and the second.
_CONTENT = (24 * _HOUR, 6 * _HOUR)
_BUNDLE = (14 * 24 * _HOUR, 7 * 24 * _HOUR)


@dataclass(frozen=True)
class Held:
    """What a token stands for, and for how many seconds it still holds."""

    name: str
    seconds: int


def address_of(version_id: UUID | str) -> str:
    """Where the frame of that version begins."""
    return reverse("training_materials:embed", args=[content_token(version_id)])


def content_token(version_id: UUID | str) -> str:
    return _signed("content", UUID(str(version_id)).hex, _CONTENT)


def bundle_token(bundle: str) -> str:
    return _signed("bundle", bundle, _BUNDLE)


def held_content(token: str) -> Held | None:
    """None where the token is not ours, or no longer holds."""
    return _held("content", token)


def held_bundle(token: str) -> Held | None:
    return _held("bundle", token)


def _signed(kind: str, name: str, terms: tuple[int, int]) -> str:
    least, step = terms
    ends = (int(time.time()) // step + 1) * step + least
    return _signer(kind).sign(f"{name}.{ends:x}")


def _held(kind: str, token: str) -> Held | None:
    try:
        name, _dot, ends = _signer(kind).unsign(token).rpartition(".")
    except BadSignature:
        return None
    seconds = int(ends, 16) - int(time.time())
    return Held(name, seconds) if seconds > 0 else None


def _signer(kind: str) -> Signer:
    return Signer(sep=".", salt=f"training_materials.package.{kind}")
