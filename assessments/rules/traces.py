"""What an attempt keeps of the device and the line it was started from: keyed hashes of that day, emptied a day later.

No address is kept, and the same device has another mark tomorrow: the marks serve to see many people on one device
within minutes, and for nothing else.
"""

import datetime
import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from membership.client import address_of

_LENGTH = 16
DEVICE_COOKIE = "quiz-device"


@dataclass(frozen=True)
class Trace:
    device: str = ""
    address: str = ""


NO_TRACE = Trace()


def trace_of(request: HttpRequest) -> Trace:
    """The marks of the request's device and address today; empty where the request does not tell."""
    today = timezone.localdate()
    return Trace(
        device=mark(device_of(request), today),
        address=mark(address_of(request), today),
    )


def remember_device(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Gives a device without one a number by chance, for a day."""
    if DEVICE_COOKIE not in request.COOKIES:
        response.set_cookie(
            DEVICE_COOKIE,
            device_of(request),
            max_age=24 * 3600,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
            path="/bai-kiem-tra/",
        )
    return response


def device_of(request: HttpRequest) -> str:
    """The number that the device brought, or the one that it is given now."""
    if DEVICE_COOKIE not in request.COOKIES and not hasattr(request, "_quiz_device"):
        request._quiz_device = secrets.token_urlsafe(12)  # type: ignore[attr-defined]
    return request.COOKIES.get(DEVICE_COOKIE) or request._quiz_device  # type: ignore[attr-defined]


def mark(text: str, day: datetime.date) -> str:
    if not text:
        return ""
    key = f"quiz-trace:{day.isoformat()}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, text.encode(), sha256).hexdigest()[:_LENGTH]
