"""Who asks: an outside system by Basic credentials, content by the token of its launch, our player by its session."""

from __future__ import annotations

import base64
import binascii
import datetime
from hmac import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from learning.tracking.actions.clients import alias_of, digest_of
from learning.tracking.models import Credential, Launch
from learning.tracking.store.requests import XapiRequest
from learning.tracking.xapi.clients import Client, credential_client, launch_client, session_client
from learning.tracking.xapi.errors import ForbiddenError, RefusedError
from membership.models import User

# The user name under which content gives the token of its launch where it can only speak Basic, as cmi5 does.
LAUNCH_USER = "launch"


class NobodyError(RefusedError):
    def __init__(self) -> None:
        super().__init__("Credentials are missing, wrong or revoked.", 401)


def find_credential(request: XapiRequest) -> Credential | None:
    """The outside system that asks, if its key and secret are right."""
    user, secret = _basic(request.header("Authorization"))
    if not user or user == LAUNCH_USER:
        return None
    credential = Credential.objects.filter(key=user, revoked_at=None).first()
    if credential is None or not compare_digest(credential.secret_digest, digest_of(secret)):
        return None
    return credential


def authenticate(
    request: XapiRequest, http: HttpRequest, credential: Credential | None, at: datetime.datetime
) -> Client:
    """Raises NobodyError (401), or ForbiddenError where a form of another site speaks through a session."""
    if credential is not None:
        return credential_client(credential)
    header = request.header("Authorization")
    if not header:
        return _session_client(http)
    standing = Launch.objects.filter(ended_at=None, expires_at__gt=at, person__learner_alias__isnull=False)
    launch = standing.filter(token_digest=digest_of(_token(header))).select_related("person__learner_alias").first()
    if launch is None:
        raise NobodyError
    return launch_client(launch, launch.person.learner_alias.name)


def _session_client(http: HttpRequest) -> Client:
    if settings.SESSION_COOKIE_NAME not in http.COOKIES:
        raise NobodyError
    user = http.user
    if not isinstance(user, User) or user.person is None:
        raise NobodyError
    if _is_forged(http):
        raise ForbiddenError("The CSRF token is missing or wrong.")
    return session_client(user.person.pk, alias_of(person=user.person))


def _is_forged(http: HttpRequest) -> bool:
    check = CsrfViewMiddleware(_answer)
    check.process_request(http)
    return check.process_view(http, _answer, (), {}) is not None


def _answer(_http: HttpRequest) -> HttpResponseBase:
    return HttpResponse()


def _token(header: str) -> str:
    scheme, _space, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    user, secret = _basic(header)
    return secret if user == LAUNCH_USER else ""


def _basic(header: str) -> tuple[str, str]:
    scheme, _space, value = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        user, _colon, secret = base64.b64decode(value.strip(), validate=True).decode().partition(":")
    except (ValueError, binascii.Error):
        return "", ""
    return ("", "") if "\x00" in user else (user, secret)
