"""Statements of the Experience API as clients send them."""

from __future__ import annotations

import copy
from typing import Any

from learning.tracking.models import Scope
from learning.tracking.xapi.clients import Client

AGENT = {"objectType": "Agent", "mbox": "mailto:lan@example.vn", "name": "Lan"}
VERB = {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en-US": "completed", "vi": "hoàn thành"}}
ACTIVITY = {
    "objectType": "Activity",
    "id": "https://example.vn/bai/1",
    "definition": {"name": {"vi": "Bài một"}, "type": "http://adlnet.gov/expapi/activities/lesson"},
}
VOIDED = "http://adlnet.gov/expapi/verbs/voided"


def statement(**changes: Any) -> dict[str, Any]:
    """A well-formed statement; ``None`` takes a property away."""
    whole = {"actor": AGENT, "verb": VERB, "object": ACTIVITY, **changes}
    return copy.deepcopy({name: value for name, value in whole.items() if value is not None})


def outside_client(*scopes: Scope) -> Client:
    authority = {"objectType": "Agent", "account": {"homePage": "https://example.vn", "name": "system"}}
    return Client(authority, frozenset(scopes or Scope))
