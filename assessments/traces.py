"""What an attempt keeps of the device and the line it was started from: keyed hashes of that day, emptied a day later.

No address is kept, and the same device has another mark tomorrow: the marks serve to see many people on one device
within minutes, and for nothing else.
"""

import datetime
import hmac
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

_LENGTH = 16
DEVICE_COOKIE = "quiz-device"


@dataclass(frozen=True)
class Trace:
    device: str = ""
    address: str = ""


NO_TRACE = Trace()


def trace_of(request: HttpRequest) -> Trace:
    """The marks of the request's device and address today; empty where the request does not tell."""
    header = settings.RATELIMIT_IP_META_KEY or "REMOTE_ADDR"
    today = timezone.localdate()
    return Trace(
        device=mark(request.COOKIES.get(DEVICE_COOKIE, ""), today),
        address=mark(request.META.get(header, ""), today),
    )


def mark(text: str, day: datetime.date) -> str:
    if not text:
        return ""
    key = f"quiz-trace:{day.isoformat()}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, text.encode(), sha256).hexdigest()[:_LENGTH]
