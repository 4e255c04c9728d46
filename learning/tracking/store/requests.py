"""A request to the store, in whichever syntax it came; what a resource is called with, and what it answers."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.http import http_date

from learning.tracking.xapi.clients import Client
from learning.tracking.xapi.formats import V1, V2, RefusedError

VERSION_HEADER = "X-Experience-API-Version"
_FORM = "application/x-www-form-urlencoded"
# What a form of the alternate syntax may carry in place of a header (Communication 1.3).
_AS_HEADERS = frozenset(
    {"authorization", "x-experience-api-version", "content-type", "content-length", "if-match", "if-none-match",
     "accept", "accept-language", "accept-encoding"}
)  # fmt: skip
_VERSION = re.compile(r"(1\.0(?:\.\d+)?|2\.0(?:\.\d+)?)", re.ASCII)


@dataclass(frozen=True)
class XapiRequest:
    method: str
    params: dict[str, str]
    headers: dict[str, str]
    body: bytes

    def header(self, name: str) -> str:
        return self.headers.get(name.lower(), "")

    @property
    def content_type(self) -> str:
        return self.header("Content-Type")

    @property
    def media_type(self) -> str:
        return self.content_type.partition(";")[0].strip().lower()


def read(request: HttpRequest) -> XapiRequest:
    """Raises RefusedError."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    params = _unique(parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True))
    method = request.method or ""
    body = _body(request) if method in ("POST", "PUT", "DELETE") else b""
    if method == "POST" and "method" in params and not headers.get("x-experience-api-version", "").startswith("2"):
        return _alternate(params, headers, body)
    return XapiRequest("GET" if method == "HEAD" else method, params, headers, body)


def version_of(request: XapiRequest) -> str:
    """The version in which to answer: 1.0.3 or 2.0.0. Raises RefusedError."""
    named = request.header(VERSION_HEADER)
    if not named:
        raise RefusedError(f"The header {VERSION_HEADER} is missing.")
    if not _VERSION.fullmatch(named):
        raise RefusedError(f"This store speaks 1.0.x and 2.0.x, not {named}.")
    return V1 if named.startswith("1") else V2


@dataclass(frozen=True)
class Call:
    request: XapiRequest
    version: str
    at: datetime.datetime
    # None for the one resource that anybody may read.
    client: Client | None = None

    @property
    def by(self) -> Client:
        assert self.client is not None
        return self.client

    @property
    def params(self) -> dict[str, str]:
        return self.request.params

    def expect(self, needed: Collection[str] = (), optional: Collection[str] = ()) -> None:
        """Raises RefusedError unless all the needed parameters are there, and no unknown ones."""
        if missing := set(needed) - self.params.keys():
            raise RefusedError(f"Missing parameter: {', '.join(sorted(missing))}.")
        if unknown := self.params.keys() - set(needed) - set(optional):
            raise RefusedError(f"Unknown parameter: {', '.join(sorted(unknown))}.")


def json_answer(value: Any) -> HttpResponse:
    return HttpResponse(json.dumps(value, ensure_ascii=False), content_type="application/json")


def nothing() -> HttpResponse:
    response = HttpResponse(status=204)
    del response["Content-Type"]
    return response


def stamped(response: HttpResponse, moment: datetime.datetime) -> HttpResponse:
    response["Last-Modified"] = http_date(moment.timestamp())
    return response


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig:
        most = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        raise RefusedError(f"The request is too large: this store takes {most} at once.", 413) from None


def _unique(pairs: list[tuple[str, str]]) -> dict[str, str]:
    params = dict(pairs)
    if len(params) < len(pairs):
        raise RefusedError("A parameter stands twice.")
    if any("\x00" in value for value in params.values()):
        raise RefusedError("A parameter holds the character NUL.")
    return params


def _alternate(params: dict[str, str], headers: dict[str, str], body: bytes) -> XapiRequest:
    """A POST whose form holds the parameters, headers and content of another method (1.0.3 only)."""
    if params.keys() != {"method"}:
        raise RefusedError("Beside method, all parameters of the alternate syntax stand in the form.")
    if headers.get("content-type", "").partition(";")[0].strip().lower() not in ("", _FORM):
        raise RefusedError("The alternate syntax is a form.")
    form = _unique(_fields(body))
    content = form.pop("content", None)
    told = {name.lower(): form.pop(name) for name in list(form) if name.lower() in _AS_HEADERS}
    method = params["method"]
    if method in ("PUT", "POST") and content is None:
        raise RefusedError("The form has no content.")
    told.setdefault("content-type", "application/json")
    return XapiRequest(method, form, {**headers, **told}, (content or "").encode())


def _fields(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100)
    except ValueError:
        raise RefusedError("The form cannot be read.") from None
