"""What a letter of the outbox holds, sealed with the site's secret: a link which sets a password is read neither in
the table nor in a copy of it.
"""

import base64
import json
import zlib
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import uuid4

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils.encoding import force_str

from work.bounces import message_id


def sealed(message: EmailMessage, address: str, reference: str = "") -> bytes:
    """What ``opened`` gives back, for that address alone. It keeps its Message-ID however often it is tried."""
    told = {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": [address],
        "reply_to": message.reply_to,
        "headers": {"Message-ID": message_id(address, reference), **message.extra_headers},
    }
    files = [(name, _bytes(content), kind) for name, content, kind in message.attachments]
    more = {
        "subtype": message.content_subtype,
        "alternatives": [tuple(one) for one in getattr(message, "alternatives", ())],
        "files": [(name, base64.b64encode(content).decode(), kind) for name, content, kind in files],
    }
    return _locked([told, more])


def opened(content: bytes) -> EmailMessage:
    """Raises InvalidToken where it was sealed under another secret."""
    told, more = _unlocked(content)
    message = EmailMultiAlternatives(**told)
    message.content_subtype = more["subtype"]
    for text, kind in more["alternatives"]:
        message.attach_alternative(text, kind)
    for name, encoded, kind in more["files"]:
        message.attach(name, base64.b64decode(encoded), kind)
    return message


def sealed_note(told: Mapping[str, str]) -> bytes:
    """What ``opened_note`` gives back, with an ``id`` that it keeps however often it is tried."""
    return _locked({"id": uuid4().hex, **told})


def opened_note(content: bytes) -> dict[str, str]:
    """Raises InvalidToken where it was sealed under another secret."""
    return dict(_unlocked(content))


def _locked(told: object) -> bytes:
    return _lock().encrypt(zlib.compress(json.dumps(told).encode()))


def _unlocked(content: bytes) -> Any:
    return json.loads(zlib.decompress(_lock().decrypt(content)))


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _lock() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = (sha256(f"work.letters {force_str(secret)}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
