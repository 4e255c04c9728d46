"""What is known of an agent: a Person object (Communication 2.4)."""

from typing import Any

from django.http import HttpResponse

from learning.tracking.models import Scope
from learning.tracking.store.answers import names_of
from learning.tracking.store.calls import Call, json_answer
from learning.tracking.xapi.agents import IDENTIFIERS
from learning.tracking.xapi.errors import ForbiddenError
from learning.tracking.xapi.filters import read_agent


def read(call: Call) -> HttpResponse:
    """Names stand in statements: only who may read all of those is told more than it asked with."""
    call.expect(["agent"])
    call.by.require(Scope.READ_STATEMENTS, Scope.READ_OWN_STATEMENTS, Scope.PROFILE)
    agent: dict[str, Any] = read_agent(call.params["agent"])
    if not call.by.owns(agent):
        raise ForbiddenError("This client may ask about its own learner alone.")
    person: dict[str, Any] = {"objectType": "Person"}
    told = [agent["name"]] if "name" in agent else []
    known = names_of(agent) if Scope.READ_STATEMENTS in call.by.scopes else []
    if names := list(dict.fromkeys([*told, *known])):
        person["name"] = names
    return json_answer(person | {name: [agent[name]] for name in IDENTIFIERS if name in agent})
