"""The door of the learning record store: `/xapi/<resource>`, without a slash at the end."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from learning.tracking.actions import note_spoken_version
from learning.tracking.models import Credential
from learning.tracking.store.answers import consistent_through
from learning.tracking.store.authentication import authenticate, find_credential
from learning.tracking.store.calls import Call
from learning.tracking.store.requests import VERSION_HEADER, XapiRequest, read, version_of
from learning.tracking.store.resources import RESOURCES, Handler
from learning.tracking.xapi.errors import AbsentError, RefusedError
from learning.tracking.xapi.formats import V2, as_text

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
    # The moment is taken when the transaction stands: SQLite may wait for its turn before that.
    with transaction.atomic():
        return handler(Call(asked, version, timezone.now(), client))
