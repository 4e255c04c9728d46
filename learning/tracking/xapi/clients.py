"""Who asks, and what that opens. A client that speaks for one person can say and see nothing about another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings

from learning.tracking.models import Credential, Document, Launch, Scope
from learning.tracking.xapi.activities import identity
from learning.tracking.xapi.formats import ForbiddenError, is_uuid
from learning.tracking.xapi.terms import RELATED_AGENT, term
from learning.tracking.xapi.validation import VOIDED

_OF_CONTENT = frozenset({Scope.WRITE_STATEMENTS, Scope.READ_STATEMENTS, Scope.STATE, Scope.PROFILE})
Kind = Document.Kind


@dataclass(frozen=True)
class Client:
    authority: dict[str, Any]
    scopes: frozenset[Scope]
    # Whom alone it speaks for: the agent as statements name them.
    person_id: int | None = None
    actor: dict[str, Any] | None = None
    # What alone it speaks about.
    activity: str = ""
    registration: UUID | None = None
    credential_id: int | None = None
    launch_id: int | None = None
    is_content: bool = field(default=False)

    def require(self, *scopes: Scope) -> None:
        """Raises ForbiddenError unless it has one of the scopes."""
        if self.scopes.isdisjoint(scopes):
            raise ForbiddenError("This client may not do that.")

    def owns(self, agent: dict[str, Any]) -> bool:
        return self.actor is None or identity(agent) == identity(self.actor)

    def covers(self, activity: str) -> bool:
        """Whether the activity is the one that was launched, or a part of it."""
        if not self.activity or activity == self.activity:
            return True
        return activity.startswith(self.activity) and activity[len(self.activity)] in "/?#"


def site_client(*, launch_id: int | None = None) -> Client:
    """The site itself, which says what it saw."""
    return Client(_account("site", settings.WAGTAIL_SITE_NAME), frozenset(Scope), launch_id=launch_id)


def credential_client(credential: Credential) -> Client:
    scopes = frozenset(Scope(scope) for scope in credential.scopes)
    return Client(_account(f"system:{credential.key}", credential.name), scopes, credential_id=credential.pk)


def launch_client(launch: Launch, alias: UUID) -> Client:
    actor = learner_agent(alias)
    return Client(
        authority=_account("content", settings.WAGTAIL_SITE_NAME),
        scopes=_OF_CONTENT,
        person_id=launch.person_id,
        actor=actor,
        activity=launch.activity,
        registration=launch.registration,
        launch_id=launch.pk,
        is_content=True,
    )


def session_client(person_id: int, alias: UUID) -> Client:
    """Our own player, in the browser of who is signed in."""
    authority = _account("player", settings.WAGTAIL_SITE_NAME)
    return Client(authority, _OF_CONTENT, person_id=person_id, actor=learner_agent(alias), is_content=True)


def learner_agent(alias: UUID) -> dict[str, Any]:
    """How statements name a person: an account of this site, without the person's name."""
    return {"objectType": "Agent", "account": {"homePage": settings.BASE_URL, "name": str(alias)}}


def alias_in(agent: dict[str, Any]) -> UUID | None:
    """The alias in an agent as ``learner_agent`` gives it; None for every other."""
    account = agent.get("account")
    if not account or account["homePage"] != settings.BASE_URL or not is_uuid(account["name"]):
        return None
    return UUID(account["name"])


def agent_term(agent: dict[str, Any]) -> UUID:
    return term(RELATED_AGENT, identity(agent) or "")


def check_ownership(statement: dict[str, Any], by: Client) -> None:
    """What a client that speaks for one person may say. Raises ForbiddenError."""
    if by.actor is None:
        return
    if not by.owns(statement["actor"]):
        raise ForbiddenError("The actor is not the learner that this client speaks for.")
    if statement["verb"]["id"] == VOIDED:
        raise ForbiddenError("This client may not void statements.")
    if not by.activity:
        return
    target = statement["object"]
    if target.get("objectType", "Activity") != "Activity" or not by.covers(target["id"]):
        raise ForbiddenError("The object is not the activity that was launched, nor a part of it.")
    registration = statement.get("context", {}).get("registration", "")
    if registration.lower() != str(by.registration):
        raise ForbiddenError("context.registration is not that of the launch.")


@dataclass(frozen=True)
class Shelf:
    """All documents of one kind about one activity, agent and, if given, registration."""

    kind: Kind
    activity: str = ""
    agent: dict[str, Any] | None = None
    registration: UUID | None = None

    @property
    def scope(self) -> UUID:
        who = identity(self.agent) if self.agent else ""
        return term("documents", f"{self.kind}\n{self.activity}\n{who}")

    @property
    def agent_digest(self) -> UUID | None:
        return agent_term(self.agent) if self.agent else None

    def key(self, document_id: str) -> UUID:
        return term("document", f"{self.scope}\n{self.registration or ''}\n{document_id}")


@dataclass(frozen=True)
class Conditions:
    """The headers If-Match and If-None-Match, and whether a PUT must have one of them: of a document that exists
    (409 without), of one that does not (400 without).
    """

    if_match: str = ""
    if_none_match: str = ""
    guards_existing: bool = False
    guards_new: bool = False

    def hold_for(self, etag: str | None) -> bool:
        """``etag`` None: there is no document."""
        if self.if_match and (etag is None or not _matches(self.if_match, etag)):
            return False
        return not (self.if_none_match and etag is not None and _matches(self.if_none_match, etag))


def _account(name: str, label: str) -> dict[str, Any]:
    return {"objectType": "Agent", "name": label, "account": {"homePage": settings.BASE_URL, "name": name}}


def _matches(header: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")]
    return "*" in tags or etag in tags
