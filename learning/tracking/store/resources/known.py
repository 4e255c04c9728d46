"""What the store tells without being given statements: of itself, of an activity, of an agent."""

from typing import Any

from django.http import HttpResponse

from learning.tracking.models import ActivityDefinition, Scope
from learning.tracking.store.answers import names_of
from learning.tracking.store.calls import Call, json_answer
from learning.tracking.store.requests import VERSION_HEADER
from learning.tracking.xapi.activities import check_iri
from learning.tracking.xapi.agents import IDENTIFIERS
from learning.tracking.xapi.errors import ForbiddenError
from learning.tracking.xapi.filters import read_agent
from learning.tracking.xapi.terms import ACTIVITY, term

_OLD = ["1.0.0", "1.0.1", "1.0.2", "1.0.3"]


def about(call: Call) -> HttpResponse:
    """Which versions the store speaks (Communication 2.8). A client that speaks 1.0.x is told what that version allows
    to be named: no version after it."""
    call.expect()
    speaks_old = call.request.header(VERSION_HEADER).startswith("1.0")
    return json_answer({"version": _OLD if speaks_old else [*_OLD, "2.0.0"]})


def activity(call: Call) -> HttpResponse:
    """What is known of an activity (Communication 2.5)."""
    call.expect(["activityId"])
    call.by.require(Scope.READ_STATEMENTS, Scope.READ_OWN_STATEMENTS, Scope.PROFILE, Scope.DEFINE)
    iri = call.params["activityId"]
    check_iri(iri, "activityId")
    found = {"objectType": "Activity", "id": iri}
    known = ActivityDefinition.objects.filter(pk=term(ACTIVITY, iri)).first()
    return json_answer({**found, "definition": known.definition} if known else found)


def agent(call: Call) -> HttpResponse:
    """A Person object (Communication 2.4). Names stand in statements: only who may read all of those is told more than
    it asked with."""
    call.expect(["agent"])
    call.by.require(Scope.READ_STATEMENTS, Scope.READ_OWN_STATEMENTS, Scope.PROFILE)
    asked: dict[str, Any] = read_agent(call.params["agent"])
    if not call.by.owns(asked):
        raise ForbiddenError("This client may ask about its own learner alone.")
    person: dict[str, Any] = {"objectType": "Person"}
    told = [asked["name"]] if "name" in asked else []
    known = names_of(asked) if Scope.READ_STATEMENTS in call.by.scopes else []
    if names := list(dict.fromkeys([*told, *known])):
        person["name"] = names
    return json_answer(person | {name: [asked[name]] for name in IDENTIFIERS if name in asked})
