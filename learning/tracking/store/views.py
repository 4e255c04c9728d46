"""The door of the learning record store: `/xapi/<resource>`, without a slash at the end; and who asks there: an outside
system by Basic credentials, content by the token of its launch, our player by its session."""

from __future__ import annotations

import base64
import binascii
import datetime
from collections.abc import Mapping
from hmac import compare_digest

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from learning.tracking.actions import note_spoken_version
from learning.tracking.actions.clients import alias_of, digest_of
from learning.tracking.models import Credential, Launch
from learning.tracking.store.answers import consistent_through
from learning.tracking.store.requests import VERSION_HEADER, Call, XapiRequest, read, version_of
from learning.tracking.store.resources import RESOURCES, Handler
from learning.tracking.xapi.clients import Client, credential_client, launch_client, session_client
from learning.tracking.xapi.formats import V2, AbsentError, ForbiddenError, RefusedError, as_text
from membership.models import User
from membership.writing import WithdrawnError, writing_about

# The user name under which content gives the token of its launch where it can only speak Basic, as cmi5 does.
LAUNCH_USER = "launch"
_OPEN = "about"
# Tokens travel in a header, never in a cookie, so that any page may speak with its own: content plays in a sandbox
# whose origin is nobody's.
_CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Cache-Control, Content-Type, Content-Length, "
    "X-Experience-API-Version, X-Experience-API-Consistent-Through",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match, "
    "Accept, Accept-Language",
    "Access-Control-Max-Age": "86400",
}


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
    standing = standing.filter(person__withdrawn_at=None)
    launch = standing.filter(token_digest=digest_of(_token(header))).select_related("person__learner_alias").first()
    if launch is None:
        raise NobodyError
    return launch_client(launch, launch.person.learner_alias.name)


@csrf_exempt  # a session's requests are checked where it is found out that they are a session's
def resource(request: HttpRequest, name: str = "") -> HttpResponse:
    is_preflight = request.method == "OPTIONS"
    # Asked before the statements are read, so that what it promises is among them.
    through = as_text(consistent_through()) if name.startswith("statements") else ""
    response = HttpResponse(status=204, headers=_PREFLIGHT) if is_preflight else _answer(request, name)
    for header, value in _CROSS_ORIGIN.items():
        response[header] = value
    if through:
        response["X-Experience-API-Consistent-Through"] = through
    response["Cache-Control"] = "no-store" if name == "statements" else "no-cache"
    if request.method == "HEAD":
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


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
    check = CsrfViewMiddleware(_nothing)
    check.process_request(http)
    return check.process_view(http, _nothing, (), {}) is not None


def _nothing(_http: HttpRequest) -> HttpResponseBase:
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


def _answer(request: HttpRequest, name: str) -> HttpResponse:
    version = V2
    try:
        methods = RESOURCES.get(name)
        if methods is None:
            raise AbsentError("There is no such resource.")
        asked = read(request)
        credential = find_credential(asked)
        version = credential.spoken_version if credential else V2
        handler = _handler(methods, asked)
        if name != _OPEN or asked.header(VERSION_HEADER):
            version = version_of(asked)
        response = _carry_out(handler, asked, request, credential, version, is_open=name == _OPEN)
    except RefusedError as refusal:
        message = refusal.message.encode(errors="backslashreplace")
        response = HttpResponse(message, status=refusal.status, content_type="text/plain; charset=utf-8")
        if refusal.status == 401:
            # Never Basic: a browser would ask the learner for a password.
            response["WWW-Authenticate"] = 'Bearer realm="xapi"'
        if refusal.status == 405:
            response["Allow"] = ", ".join([*RESOURCES[name], "HEAD", "OPTIONS"])
    response[VERSION_HEADER] = version
    return response


def _handler(methods: Mapping[str, Handler], asked: XapiRequest) -> Handler:
    handler = methods.get(asked.method)
    if handler is None:
        raise RefusedError("This resource does not know that method.", 405)
    return handler


def _carry_out(
    handler: Handler, asked: XapiRequest, request: HttpRequest, credential: Credential | None, version: str, *,
    is_open: bool,
) -> HttpResponse:  # fmt: skip
    if is_open:
        return handler(Call(asked, version, timezone.now()))
    client = authenticate(asked, request, credential, timezone.now())
    if credential is not None and credential.spoken_version != version:
        note_spoken_version(credential=credential, version=version)
    if asked.method == "GET":
        return handler(Call(asked, version, timezone.now(), client))
    try:
        # The moment is taken when the transaction stands: SQLite may wait for its turn before that.
        with writing_about(client.person_id), transaction.atomic():
            return handler(Call(asked, version, timezone.now(), client))
    except WithdrawnError as error:
        raise ForbiddenError("Nothing about this learner is stored.") from error
