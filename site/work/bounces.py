"""Letters that come back (RFC 3464): by which of ours, and whether there is nobody of its address. Pure but for the
site's secret.

The Message-ID of a letter ends in a seal over itself and its address; where ``BOUNCE_ADDRESS`` is set, the address that
a mail server returns it to bears the same. Who forges a return for an address of somebody else would have to know it.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from email.message import Message
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import DNS_NAME, EmailMessage
from django.utils.crypto import constant_time_compare, salted_hmac

_SEAL = re.compile(r"\b([a-z2-7]{26})\.([a-z2-7]{16})\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>;,\"]{1,64}@[^\s<>;,\"]{1,255}")
_STATUS = re.compile(r"\d\.\d{1,3}\.\d{1,3}")
_GONE = re.compile(r"5\.(?:1\.(?:[0-6]|10)|2\.1|4\.4)")  # no such mailbox, closed, no such domain
_MOST = 20  # of each, that a message is asked about


@dataclass(frozen=True)
class Bounce:
    """``letter`` is the same however often it comes back; ``reference`` as it was given to the outbox."""

    letter: str
    address: str
    reference: str
    is_final: bool


def message_id(address: str, reference: str) -> str:
    number = _number(reference)
    return f"<{number}.{_seal(number, address, settings.SECRET_KEY)}@{DNS_NAME}>"


def returning_to_us(message: EmailMessage) -> EmailMessage:
    """Where it is set up, a letter that cannot be delivered comes back to an address of its own."""
    seal = _SEAL.search(str(message.extra_headers.get("Message-ID", "")))
    if settings.BOUNCE_ADDRESS and seal:
        box, _at, host = settings.BOUNCE_ADDRESS.partition("@")
        message.extra_headers.setdefault("From", message.from_email)
        message.from_email = f"{box}+{seal[0]}@{host}"
    return message


def bounce_of(content: bytes) -> Bounce | None:
    """None where it tells of a delay, or that a letter arrived. Raises ValueError for all that is no return of a letter
    of ours."""
    message = message_from_bytes(content, policy=policy.default)
    reports = [part for part in message.walk() if part.get_content_type() == "message/delivery-status"]
    blocks = [block for report in reports for block in report.get_payload() if isinstance(block, Message)]
    told = [block for block in blocks if "action" in block]
    if message.get_content_type() != "multipart/report" or not told:
        raise ValueError("no report of a delivery")
    failed = [block for block in told if str(block["action"]).strip().lower() == "failed"]
    letter, address = _ours(list(_seals(message))[:_MOST], list(_addresses(message, told))[:_MOST])
    if not failed:
        return None
    is_final = any(_GONE.fullmatch(_status(block)) for block in failed)
    return Bounce(letter, address, str(UUID(bytes=base64.b32decode(f"{letter.upper()}======"))), is_final)


def _ours(seals: Iterable[tuple[str, str]], addresses: Iterable[str]) -> tuple[str, str]:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    for number, seal in seals:
        for address in addresses:
            if any(constant_time_compare(_seal(number, address, secret), seal) for secret in secrets):
                return number, address
    raise ValueError("no letter of ours")


def _seals(message: Message) -> Iterator[tuple[str, str]]:
    """Of the address that it came back to, and of the letter that it brings along."""
    for part in message.walk():
        headers = [str(part[name]) for name in ("to", "delivered-to", "x-original-to", "message-id") if name in part]
        if part.get_content_type() == "text/rfc822-headers":
            headers.append(_text(part))
        for found in _SEAL.finditer(" ".join(headers)):
            yield found[1].lower(), found[2].lower()


def _addresses(message: Message, told: Iterable[Message]) -> Iterator[str]:
    for block in told:
        for name in ("original-recipient", "final-recipient"):
            yield from _ADDRESS.findall(str(block.get(name, "")))
    for part in message.walk():
        returned = _text(part) if part.get_content_type() == "text/rfc822-headers" else str(part.get("to", ""))
        yield from _ADDRESS.findall(returned)


def _text(part: Message) -> str:
    return str(part.get_content()) if isinstance(part, Parsed) else str(part.get_payload())


def _status(block: Message) -> str:
    found = _STATUS.search(str(block.get("status", "")))
    return found[0] if found else ""


def _number(reference: str) -> str:
    """26 letters and figures: the reference, where it is a UUID."""
    try:
        number = UUID(reference)
    except ValueError:
        number = uuid4()
    return base64.b32encode(number.bytes).decode().rstrip("=").lower()


def _seal(number: str, address: str, secret: str | bytes) -> str:
    told = salted_hmac("work.bounces", f"{number} {address.lower()}", secret=secret, algorithm="sha256").digest()
    return base64.b32encode(told[:10]).decode().lower()
