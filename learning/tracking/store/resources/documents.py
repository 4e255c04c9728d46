"""State, activity profiles and agent profiles (Communication 2.2, 2.3, 2.6, 2.7)."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse

from learning.tracking.actions import delete_document, empty_shelf, merge_document, put_document
from learning.tracking.models import Document, Scope
from learning.tracking.store.calls import Call, json_answer, nothing, stamped
from learning.tracking.xapi.activities import check_iri
from learning.tracking.xapi.document_keys import Conditions, Kind, Shelf
from learning.tracking.xapi.errors import AbsentError, ForbiddenError, RefusedError
from learning.tracking.xapi.filters import read_agent
from learning.tracking.xapi.formats import V1, V2, moment, uuid

STATE, PROFILE = "stateId", "profileId"
_TYPE_LENGTH = 255


def read_state(call: Call) -> HttpResponse:
    call.expect(["activityId", "agent"], ["registration", STATE, "since"])
    return _read(call, _state(call), STATE)


def put_state(call: Call) -> HttpResponse:
    call.expect(["activityId", "agent", STATE], ["registration"])
    return _put(call, _state(call), STATE, _conditions(call, guards_existing=call.version == V2))


def post_state(call: Call) -> HttpResponse:
    call.expect(["activityId", "agent", STATE], ["registration"])
    return _post(call, _state(call), STATE)


def delete_state(call: Call) -> HttpResponse:
    call.expect(["activityId", "agent"], ["registration", STATE])
    shelf = _state(call)
    if STATE in call.params:
        return _delete(call, shelf, STATE)
    empty_shelf(shelf=shelf)
    return nothing()


def read_activity_profile(call: Call) -> HttpResponse:
    call.expect(["activityId"], [PROFILE, "since"])
    return _read(call, _activity_profile(call), PROFILE)


def put_activity_profile(call: Call) -> HttpResponse:
    call.expect(["activityId", PROFILE])
    return _put(call, _activity_profile(call, to_change=True), PROFILE, _profile_conditions(call))


def post_activity_profile(call: Call) -> HttpResponse:
    call.expect(["activityId", PROFILE])
    return _post(call, _activity_profile(call, to_change=True), PROFILE)


def delete_activity_profile(call: Call) -> HttpResponse:
    call.expect(["activityId", PROFILE])
    return _delete(call, _activity_profile(call, to_change=True), PROFILE)


def read_agent_profile(call: Call) -> HttpResponse:
    call.expect(["agent"], [PROFILE, "since"])
    return _read(call, _agent_profile(call), PROFILE)


def put_agent_profile(call: Call) -> HttpResponse:
    call.expect(["agent", PROFILE])
    return _put(call, _agent_profile(call), PROFILE, _profile_conditions(call))


def post_agent_profile(call: Call) -> HttpResponse:
    call.expect(["agent", PROFILE])
    return _post(call, _agent_profile(call), PROFILE)


def delete_agent_profile(call: Call) -> HttpResponse:
    call.expect(["agent", PROFILE])
    return _delete(call, _agent_profile(call), PROFILE)


def _state(call: Call) -> Shelf:
    call.by.require(Scope.STATE)
    shelf = replace(_agent_shelf(call, Kind.STATE), activity=_activity(call))
    if "registration" in call.params:
        shelf = replace(shelf, registration=uuid(call.params["registration"], "registration"))
    if call.by.registration is not None and shelf.registration not in (None, call.by.registration):
        raise ForbiddenError("The registration is not that of the launch.")
    return shelf


def _activity_profile(call: Call, *, to_change: bool = False) -> Shelf:
    """All learners share it, so content that one of them plays may read it and no more."""
    call.by.require(Scope.PROFILE)
    if to_change and call.by.is_content:
        raise ForbiddenError("Content may not change what is said of an activity for all.")
    return Shelf(Kind.ACTIVITY_PROFILE, activity=_activity(call))


def _agent_profile(call: Call) -> Shelf:
    call.by.require(Scope.PROFILE)
    return _agent_shelf(call, Kind.AGENT_PROFILE)


def _agent_shelf(call: Call, kind: Kind) -> Shelf:
    agent = read_agent(call.params["agent"])
    if not call.by.owns(agent):
        raise ForbiddenError("The agent is not the learner that this client speaks for.")
    return Shelf(kind, agent=agent)


def _activity(call: Call) -> str:
    iri = call.params["activityId"]
    check_iri(iri, "activityId")
    if not call.by.covers(iri):
        raise ForbiddenError("The activity is not the one that was launched.")
    return iri


def _profile_conditions(call: Call) -> Conditions:
    return _conditions(call, guards_existing=True, guards_new=call.version == V1)


def _conditions(call: Call, *, guards_existing: bool = False, guards_new: bool = False) -> Conditions:
    return Conditions(
        if_match=call.request.header("If-Match"),
        if_none_match=call.request.header("If-None-Match"),
        guards_existing=guards_existing,
        guards_new=guards_new,
    )


def _read(call: Call, shelf: Shelf, name: str) -> HttpResponse:
    since = moment(call.params["since"], call.version) if "since" in call.params else None
    if name in call.params:
        return _read_one(shelf, call.params[name])
    documents = Document.objects.filter(scope=shelf.scope).order_by("updated_at", "document_id")
    if shelf.registration is not None:
        documents = documents.filter(registration=shelf.registration)
    if since is not None:
        documents = documents.filter(updated_at__gt=since)
    rows = list(documents.values_list("document_id", "updated_at"))
    response = json_answer(list(dict.fromkeys(key for key, _at in rows)))
    return stamped(response, rows[-1][1] if rows else call.at)


def _read_one(shelf: Shelf, document_id: str) -> HttpResponse:
    document = Document.objects.filter(pk=shelf.key(document_id)).first()
    if document is None:
        raise AbsentError("There is no such document.")
    response = HttpResponse(bytes(document.content), content_type=document.content_type)
    response["ETag"] = f'"{document.etag}"'
    return stamped(response, document.updated_at)


def _put(call: Call, shelf: Shelf, name: str, given: Conditions) -> HttpResponse:
    put_document(
        shelf=shelf,
        document_id=call.params[name],
        content=call.request.body,
        content_type=_content_type(call),
        given=given,
        at=call.at,
    )
    return nothing()


def _post(call: Call, shelf: Shelf, name: str) -> HttpResponse:
    merge_document(
        shelf=shelf,
        document_id=call.params[name],
        content=call.request.body,
        content_type=_content_type(call),
        given=_conditions(call),
        at=call.at,
    )
    return nothing()


def _delete(call: Call, shelf: Shelf, name: str) -> HttpResponse:
    delete_document(shelf=shelf, document_id=call.params[name], given=_conditions(call))
    return nothing()


def _content_type(call: Call) -> str:
    told = call.request.content_type or "application/octet-stream"
    if len(told) > _TYPE_LENGTH or not told.isprintable():
        raise RefusedError("Content-Type cannot be kept.")
    return told
