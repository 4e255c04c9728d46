"""What an officer says of a certificate after looking at it."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from learning.evidence.actions.recording import RecordRefusedError, carry_files, copy_of, write
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, Source, Verification
from membership.models import User


@transaction.atomic
def confirm(*, evidence: Evidence, by: User, at: datetime.datetime) -> Evidence:
    """An officer has seen the document: a row that says so supersedes the declared one. Confirming twice is once.

    Raises PermissionDenied outside the officer's reach and for one's own, RecordRefusedError for what is no certificate
    or has been corrected otherwise.
    """
    _require_verifier(evidence, by)
    if evidence.verification == Verification.DOCUMENT_SEEN:
        return evidence
    return _judged(
        evidence,
        by,
        at,
        "confirm",
        source=Source.EXTERNAL,
        verification=Verification.DOCUMENT_SEEN,
        source_key=f"confirmed:{evidence.pk}",
        details=evidence.details | {"confirmed_by": by.pk, "confirmed_at": at.isoformat()},
    )


@transaction.atomic
def refuse(*, evidence: Evidence, reason: str, by: User, at: datetime.datetime) -> Evidence:
    """An officer looked and cannot confirm: a row with the reason supersedes; the person may correct it. Twice is once.

    Raises as ``confirm`` does, and RecordRefusedError without a reason or once it is confirmed.
    """
    _require_verifier(evidence, by)
    if "refused_reason" in evidence.details:
        return evidence
    if not reason.strip() or evidence.verification != Verification.NONE:
        raise RecordRefusedError("a refusal needs a reason and an unchecked certificate")
    refusal = {"refused_reason": reason.strip(), "refused_by": by.pk, "refused_at": at.isoformat()}
    return _judged(evidence, by, at, "refuse", source_key=f"refused:{evidence.pk}", details=evidence.details | refusal)


def _require_verifier(evidence: Evidence, by: User) -> None:
    if not Evidence.objects.confirmable_by(by).filter(pk=evidence.pk).exists():
        raise PermissionDenied("verifying evidence refused")
    if evidence.kind != Kind.EXTERNAL_CERTIFICATE:
        raise RecordRefusedError("only certificates are confirmed")


def _judged(evidence: Evidence, by: User, at: datetime.datetime, verb: str, **changes: Any) -> Evidence:
    judged, is_new = write(copy_of(evidence, **changes), at, evidence)
    if is_new:
        carry_files(evidence, judged)
        log(instance=judged, action=f"evidence.{verb}", user=by, title=str(judged.pk))
    return judged
