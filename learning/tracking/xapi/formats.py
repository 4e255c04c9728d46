"""Scalars of the specification (Data 4.0): identifiers, language tags, durations, moments; and what the store refuses,
with the HTTP status that the specification gives it."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from uuid import UUID

V1, V2 = "1.0.3", "2.0.0"

is_uuid = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII).fullmatch
is_sha1 = re.compile(r"[0-9a-fA-F]{40}", re.ASCII).fullmatch
is_sha2 = re.compile(r"(?:[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})", re.ASCII).fullmatch
is_mailbox = re.compile(r"mailto:[^\s@:<>]+@[^\s@<>]+").fullmatch
is_media_type = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+*-]+(?:[ \t]*;[^\x00-\x08\x0a-\x1f\x7f]*)?", re.ASCII).fullmatch

# A scheme and something after it, without the characters that RFC 3987 excludes.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f]+")
_ENCODING = re.compile(r"%(?![0-9A-Fa-f]{2})")

# RFC 5646: language, extensions of it, script, region, variants, extensions, private use; or private use alone.
# No language of four letters and more is registered.
_LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}"
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+|i-[a-z]+|en-gb-oed|sgn-(?:be-fr|be-nl|ch-de)|zh-min-nan)",
    re.IGNORECASE | re.ASCII,
)

_NUMBER = r"\d+(?:[.,]\d+)?"
# ISO 8601:2004, 4.4.3.2: weeks stand alone.
_DURATION = re.compile(
    rf"P(?:{_NUMBER}W|(?=[\dT])(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}D)?"
    rf"(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?)",
    re.ASCII,
)

_OFFSET = r"(?P<offset>[Zz]|[+-]\d\d(?::?\d\d)?)"
_TIME = r"(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
_ISO_8601 = re.compile(rf"(?P<year>\d{{4}})-?(?P<month>\d\d)-?(?P<day>\d\d)(?:[Tt]{_TIME}{_OFFSET}?)?", re.ASCII)
_RFC_3339 = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)[Tt ]"
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?:\.(?P<fraction>\d+))?(?P<offset>[Zz]|[+-]\d\d:\d\d)",
    re.ASCII,
)


class RefusedError(Exception):
    """The request is refused: ``message`` says why, for the programmer of the client."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


class ConflictError(RefusedError):
    """What is to be stored contradicts what is stored already."""

    def __init__(self, message: str) -> None:
        super().__init__(message, 409)


class ForbiddenError(RefusedError):
    """The client is known, and may not do this."""

    def __init__(self, message: str) -> None:
        super().__init__(message, 403)


class AbsentError(RefusedError):
    def __init__(self, message: str = "Nothing is stored under that.") -> None:
        super().__init__(message, 404)


@lru_cache(maxsize=4096)
def is_iri(text: str) -> bool:
    return _IRI.fullmatch(text) is not None and _ENCODING.search(text) is None


@lru_cache(maxsize=512)
def is_language(text: str) -> bool:
    return _LANGUAGE.fullmatch(text) is not None and not _repeats(text.lower().split("-"))


@lru_cache(maxsize=512)
def is_duration(text: str) -> bool:
    return _DURATION.fullmatch(text) is not None


def moment(text: str, version: str = V1) -> datetime.datetime:
    """The instant in UTC: ISO 8601 for 1.0.3 (without an offset it is UTC), RFC 3339 for 2.0.0; no -00:00 in either.

    Raises RefusedError.
    """
    found = _RFC_3339.fullmatch(text) or (_ISO_8601.fullmatch(text) if version == V1 else None)
    if found is None or re.search(r"-00(?::?00)?$", text[19:]):
        raise RefusedError(f"Not a timestamp: {text!r}.")
    parts = found.groupdict()
    try:
        return _instant(parts)
    except (ValueError, OverflowError):
        raise RefusedError(f"No such moment: {text!r}.") from None


def as_text(instant: datetime.datetime) -> str:
    """RFC 3339 in UTC, to the microsecond."""
    return instant.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def uuid(text: str, name: str) -> UUID:
    """Raises RefusedError."""
    if not is_uuid(text):
        raise RefusedError(f"{name} is not a UUID: {text!r}.")
    return UUID(text)


def _repeats(subtags: list[str]) -> bool:
    """Whether an extension or a variant stands twice (RFC 5646, 2.2.5 and 2.2.6); what is private may repeat itself."""
    public = subtags[: subtags.index("x")] if "x" in subtags else subtags
    extensions = [tag for tag in public if len(tag) == 1]
    variants = [tag for tag in public[1 : public.index(extensions[0]) if extensions else None] if len(tag) >= 4]
    return len(set(extensions)) < len(extensions) or len(set(variants)) < len(variants)


def _instant(parts: dict[str, str | None]) -> datetime.datetime:
    fraction = ((parts["fraction"] or "") + "000000")[:6]
    naive = datetime.datetime(
        int(parts["year"] or 0),
        int(parts["month"] or 0),
        int(parts["day"] or 0),
        int(parts["hour"] or 0),
        int(parts["minute"] or 0),
        min(int(parts["second"] or 0), 59 if parts["second"] == "60" else 60),
        int(fraction),
        tzinfo=datetime.UTC,
    )
    offset = parts["offset"]
    if offset in (None, "Z", "z"):
        return naive
    assert offset is not None
    digits = offset[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 23 or minutes > 59:
        raise ValueError
    shift = datetime.timedelta(hours=hours, minutes=minutes)
    return naive - shift if offset[0] == "+" else naive + shift
