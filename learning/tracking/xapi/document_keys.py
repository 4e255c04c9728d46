"""What names a document: its kind, and its activity, agent, registration and id as far as the kind has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from learning.tracking.models import Document
from learning.tracking.xapi.agents import identity
from learning.tracking.xapi.clients import agent_term
from learning.tracking.xapi.terms import term

Kind = Document.Kind


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


def _matches(header: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")]
    return "*" in tags or etag in tags
