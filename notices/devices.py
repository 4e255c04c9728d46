"""Which device a browser is, by a cookie that nothing else reads; what to call it, and whether it is reached."""

from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from membership.models import User
from notices.models import Device
from notices.querysets import DeviceQuerySet
from work.actions import PutLetter

_COOKIE, _KEPT = "device", 400 * 24 * 60 * 60  # longer no browser keeps one
# As their header calls them, the particular before what they are all built on.
_BROWSERS = {
    "coc_coc_browser": "Cốc Cốc",
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def named_by(request: HttpRequest) -> DeviceQuerySet[Device]:
    """One or none."""
    try:
        key = UUID(request.COOKIES.get(_COOKIE, ""))
    except ValueError:
        return Device.objects.none()
    return Device.objects.filter(pk=key)


def remember(response: HttpResponseBase, device: Device) -> None:
    response.set_cookie(
        _COOKIE, str(device.pk), max_age=_KEPT, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def test_messages(user: User) -> list[PutLetter]:
    """To each of one's own devices. Raises ValidationError where none is on."""
    on = [device for device in Device.objects.of([user.person_id or 0]) if device.is_on]
    if not on:
        raise ValidationError(_("You have switched on no device: do so where you choose how you are told."))
    told = {"title": _("A test: messages of the site arrive."), "path": reverse("notices:choices")}
    return [PutLetter({**told, **device.subscription}, str(device.pk), channel="push") for device in on]


def name_of(agent: str) -> str:
    """Of the header by which a browser says what it is, as its owner would call it."""
    told = [next((names[sign] for sign in names if sign in agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, told)) or _("A browser")
