"""State, activity profiles and agent profiles (Communication 2.2, 2.3, 2.6, 2.7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse

from learning.tracking.actions import delete_document, empty_shelf, merge_document, put_document
from learning.tracking.models import Document, Scope
from learning.tracking.store.requests import Call, json_answer, nothing, stamped
from learning.tracking.xapi.activities import check_iri
from learning.tracking.xapi.clients import Conditions, Kind, Shelf
from learning.tracking.xapi.filters import read_agent
from learning.tracking.xapi.formats import V1, V2, AbsentError, ForbiddenError, RefusedError, moment, uuid

_TYPE_LENGTH = 255


class _Documents:
    """The methods of one kind: ``needed`` and ``optional`` name its shelf, ``key`` the document on it."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    key = "profileId"

    @property
    def methods(self) -> dict[str, Callable[[Call], HttpResponse]]:
        return {"GET": self.read, "PUT": self.put, "POST": self.post, "DELETE": self.delete}

    def shelf(self, call: Call, *, to_change: bool) -> Shelf:
        """Raises ForbiddenError."""
        raise NotImplementedError

    def guards(self, version: str) -> dict[str, bool]:
        """What a PUT must say of the document that it finds, or does not find."""
        return {"guards_existing": True, "guards_new": version == V1}

    def read(self, call: Call) -> HttpResponse:
        call.expect(self.needed, [*self.optional, self.key, "since"])
        return _read(call, self.shelf(call, to_change=False), self.key)

    def put(self, call: Call) -> HttpResponse:
        call.expect([*self.needed, self.key], self.optional)
        given = _conditions(call, **self.guards(call.version))
        put_document(shelf=self.shelf(call, to_change=True), given=given, **_sent(call, self.key))
        return nothing()

    def post(self, call: Call) -> HttpResponse:
        call.expect([*self.needed, self.key], self.optional)
        merge_document(shelf=self.shelf(call, to_change=True), given=_conditions(call), **_sent(call, self.key))
        return nothing()

    def delete(self, call: Call) -> HttpResponse:
        call.expect([*self.needed, self.key], self.optional)
        shelf = self.shelf(call, to_change=True)
        delete_document(shelf=shelf, document_id=call.params[self.key], given=_conditions(call))
        return nothing()


class _States(_Documents):
    needed = ("activityId", "agent")
    optional = ("registration",)
    key = "stateId"

    def shelf(self, call: Call, *, to_change: bool) -> Shelf:
        call.by.require(Scope.STATE)
        shelf = replace(_agent_shelf(call, Kind.STATE), activity=_activity(call))
        if "registration" in call.params:
            shelf = replace(shelf, registration=uuid(call.params["registration"], "registration"))
        if call.by.registration is not None and shelf.registration not in (None, call.by.registration):
            raise ForbiddenError("The registration is not that of the launch.")
        return shelf

    def guards(self, version: str) -> dict[str, bool]:
        return {"guards_existing": version == V2}

    def delete(self, call: Call) -> HttpResponse:
        if self.key in call.params:
            return super().delete(call)
        call.expect(self.needed, [*self.optional, self.key])
        empty_shelf(shelf=self.shelf(call, to_change=True))
        return nothing()


class _ActivityProfiles(_Documents):
    """All learners share them, so content that one of them plays may read them and no more."""

    needed = ("activityId",)

    def shelf(self, call: Call, *, to_change: bool) -> Shelf:
        call.by.require(Scope.PROFILE)
        if to_change and call.by.is_content:
            raise ForbiddenError("Content may not change what is said of an activity for all.")
        return Shelf(Kind.ACTIVITY_PROFILE, activity=_activity(call))


class _AgentProfiles(_Documents):
    needed = ("agent",)

    def shelf(self, call: Call, *, to_change: bool) -> Shelf:
        call.by.require(Scope.PROFILE)
        return _agent_shelf(call, Kind.AGENT_PROFILE)


STATES, ACTIVITY_PROFILES, AGENT_PROFILES = _States(), _ActivityProfiles(), _AgentProfiles()


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


def _sent(call: Call, name: str) -> dict[str, Any]:
    told = call.request.content_type or "application/octet-stream"
    if len(told) > _TYPE_LENGTH or not told.isprintable():
        raise RefusedError("Content-Type cannot be kept.")
    return {"document_id": call.params[name], "content": call.request.body, "content_type": told, "at": call.at}
