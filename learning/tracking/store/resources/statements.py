"""Statements in and out (Communication 2.1), and what the store tells without being given any: of itself, of an
activity, of an agent."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from learning.tracking.actions import store_statements
from learning.tracking.models import ActivityDefinition, Scope
from learning.tracking.store.answers import Page, attached, names_of, one, page, shaped
from learning.tracking.store.requests import VERSION_HEADER, Call, json_answer, nothing, stamped
from learning.tracking.xapi import multipart
from learning.tracking.xapi.activities import IDENTIFIERS, check_iri
from learning.tracking.xapi.filters import Query, read_agent, read_query
from learning.tracking.xapi.formats import ForbiddenError, RefusedError, is_uuid
from learning.tracking.xapi.multipart import Part
from learning.tracking.xapi.strict_json import parse_json
from learning.tracking.xapi.terms import ACTIVITY, term

# More at once would keep a small installation's database from everybody else for too long.
MOST_AT_ONCE = 2_000
_OLD = ["1.0.0", "1.0.1", "1.0.2", "1.0.3"]


def put(call: Call) -> HttpResponse:
    call.expect(["statementId"])
    key = call.params["statementId"]
    if not is_uuid(key):
        raise RefusedError("statementId is not a UUID.")
    sent, parts = _received(call)
    if not isinstance(sent, dict):
        raise RefusedError("PUT takes one statement.")
    named = sent.setdefault("id", key)
    if not isinstance(named, str) or named.lower() != key.lower():
        raise RefusedError("The statement's id is not statementId.")
    _store(call, [sent], parts)
    return nothing()


def post(call: Call) -> HttpResponse:
    call.expect()
    sent, parts = _received(call)
    statements = sent if isinstance(sent, list) else [sent]
    if len(statements) > MOST_AT_ONCE:
        raise RefusedError(f"This store takes {MOST_AT_ONCE} statements at once: send them in several requests.", 413)
    return json_answer(_store(call, statements, parts))


def read(call: Call) -> HttpResponse:
    call.by.require(Scope.READ_STATEMENTS, Scope.READ_OWN_STATEMENTS)
    query = read_query(call.params, call.version)
    if query.single is not None:
        found = one(query.single, query.is_voided, call.by)
        return _answer(call, query, found, _shaped(call, query, found)[0])
    assert query.filter is not None
    found = page(query.filter, call.by)
    more = _more(call, found)
    text = f'{{"statements":[{",".join(_shaped(call, query, found))}],"more":{json.dumps(more)}}}'
    return _answer(call, query, found, text)


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


def _store(call: Call, statements: list[Any], parts: list[Part]) -> list[str]:
    keys = store_statements(statements=statements, by=call.by, at=call.at, version=call.version, parts=parts)
    return [str(key) for key in keys]


def _received(call: Call) -> tuple[Any, list[Part]]:
    """What the body holds: JSON, and the parts that came along."""
    kind = call.request.media_type
    if kind == "application/json":
        return parse_json(call.request.body), []
    if kind != "multipart/mixed":
        raise RefusedError("Content-Type is application/json or multipart/mixed.")
    first, *others = multipart.parse(call.request.content_type, call.request.body)
    if first.content_type.partition(";")[0].strip().lower() != "application/json":
        raise RefusedError("The first part holds the statements as application/json.")
    return parse_json(first.content), others


def _shaped(call: Call, query: Query, found: Page) -> list[str]:
    return shaped(found.texts, query.format, call.request.header("Accept-Language"))


def _answer(call: Call, query: Query, found: Page, text: str) -> HttpResponse:
    if query.attachments:
        content_type, body = multipart.build(text.encode(), attached(found.keys))
        response = HttpResponse(body, content_type=content_type)
    else:
        response = HttpResponse(text, content_type="application/json")
    return stamped(response, found.latest or call.at)


def _more(call: Call, found: Page) -> str:
    if not found.cursor:
        return ""
    params = {**call.params, "cursor": found.cursor}
    return f"{reverse('xapi:resource', args=['statements'])}?{urlencode(params)}"
