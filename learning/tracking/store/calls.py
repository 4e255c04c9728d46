"""What a resource is called with, and the answers that it gives."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.http import http_date

from learning.tracking.store.requests import XapiRequest
from learning.tracking.xapi.clients import Client
from learning.tracking.xapi.errors import RefusedError


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
