"""An outside system that speaks to the store as over the network."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from learning.tracking.actions import make_credential
from learning.tracking.models import Scope

V1, V2 = "1.0.3", "2.0.0"


def basic(user: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{secret}".encode()).decode()


@dataclass
class System:
    """``headers`` go with every request; None takes one away."""

    headers: dict[str, str]
    http: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def send(self, method: str, resource: str, params: dict[str, Any] | None = None, body: Any = None,
             **headers: str | None) -> HttpResponse:  # fmt: skip
        values = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in (params or {}).items()
        }
        address = f"/xapi/{resource}" + (f"?{urlencode(values)}" if values else "")
        told = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        told = {name: value for name, value in told.items() if value is not None}
        kind = told.pop("Content-Type", "application/json")
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return self.http.generic(method, address, content, content_type=kind, headers=told)

    def get(self, resource: str, params: dict[str, Any] | None = None, **headers: str | None) -> HttpResponse:
        return self.send("GET", resource, params, **headers)

    def post(self, resource: str, body: Any, params: dict[str, Any] | None = None, **headers: Any) -> HttpResponse:
        return self.send("POST", resource, params, body, **headers)

    def put(self, resource: str, body: Any, params: dict[str, Any] | None = None, **headers: Any) -> HttpResponse:
        return self.send("PUT", resource, params, body, **headers)

    def delete(self, resource: str, params: dict[str, Any] | None = None, **headers: Any) -> HttpResponse:
        return self.send("DELETE", resource, params, **headers)

    def store(self, *statements: dict[str, Any]) -> list[str]:
        answer = self.post("statements", list(statements))
        assert answer.status_code == 200, answer.content
        return answer.json()

    def find(self, **params: Any) -> list[dict[str, Any]]:
        answer = self.get("statements", params)
        assert answer.status_code == 200, answer.content
        return answer.json()["statements"]


def a_system(*scopes: Scope, version: str = V2) -> System:
    credential, secret = make_credential(name="Thử", scopes=scopes or list(Scope), by=None, at=timezone.now())
    return System({"Authorization": basic(credential.key, secret), "X-Experience-API-Version": version})


@pytest.fixture
def system(db: None) -> System:
    return a_system()


@pytest.fixture
def old_system(db: None) -> System:
    return a_system(version=V1)


@pytest.fixture(params=[V1, V2])
def any_system(db: None, request: pytest.FixtureRequest) -> System:
    return a_system(version=request.param)
