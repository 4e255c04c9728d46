"""A person who is erased said nothing and was nowhere; who is struck off has no certificate."""

from typing import Any

from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence
from learning.evidence.signals import evidence_withdrawn
from learning.sessions.actions import (
    drop_invitations_naming,
    erase_certificates,
    erase_invitations,
    erase_replies,
    revoke_certificate,
)
from membership.signals import person_erased


def connect() -> None:
    person_erased.connect(_erase, dispatch_uid="learning.sessions.erase")
    evidence_withdrawn.connect(_revoke, dispatch_uid="learning.sessions.revoke")


def _erase(sender: Any, person_ids: list[int], **said: Any) -> None:
    erase_replies(person_ids=person_ids)
    drop_invitations_naming(person_ids=person_ids)
    erase_invitations(person_ids=person_ids)
    erase_certificates(person_ids=person_ids)


def _revoke(sender: Any, evidence: Evidence, **said: Any) -> None:
    if evidence.kind == Kind.ATTENDANCE:
        revoke_certificate(evidence=evidence, at=said["at"])
