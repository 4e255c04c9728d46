"""What people enter: their own declarations and certificates, an officer's observations; correcting, taking back."""

import datetime
import uuid
from typing import Any

import uuid_utils.compat as uuid7
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from learning.evidence.actions.recording import RecordRefusedError, carry_files, copy_of, record, write
from learning.evidence.facts import Fact
from learning.evidence.files.uploads import Upload
from learning.evidence.kinds import KINDS, WITHDRAWAL, Kind
from learning.evidence.models import EnteredBy, Evidence, EvidenceFile, Source, Verification, private_storage
from membership.models import Person, User
from membership.policy import Action, require_over


def declare(
    *,
    person: Person,
    kind: str,
    title: str,
    occurred_at: datetime.datetime,
    details: dict[str, Any],
    upload: Upload | None,
    token: uuid.UUID,
    by: User,
    at: datetime.datetime,
) -> Evidence:
    """A person's own declaration or certificate, or an officer's entry on their behalf (marked as assisted).

    The person's word is its source until someone has seen the document. ``token`` is made with the form: the same
    form sent twice is one row. Raises PermissionDenied.
    """
    if not KINDS[kind].offered_as:
        raise RecordRefusedError("people do not declare this themselves")
    fact = Fact(
        person_id=person.pk,
        kind=kind,
        title=title,
        occurred_at=occurred_at,
        source=Source.SELF,
        verification=Verification.NONE,
        entered_by=_entered_by(person, by, at),
        source_key=f"declared:{person.pk}:{token}",
        details=details,
    )
    return _record_with_file(fact, upload, by, at, None)


def correct(
    *,
    evidence: Evidence,
    kind: str,
    title: str,
    occurred_at: datetime.datetime,
    details: dict[str, Any],
    upload: Upload | None,
    token: uuid.UUID,
    by: User,
    at: datetime.datetime,
) -> Evidence:
    """A new row supersedes what the person declared; without a new file the old ones stay. ``token`` as in ``declare``.

    Raises PermissionDenied, and RecordRefusedError for what was not declared, is checked, or was corrected otherwise.
    """
    _require_changeable(evidence, by, at)
    fact = copy_of(
        evidence,
        kind=kind,
        title=title,
        occurred_at=occurred_at,
        source_key=f"corrected:{evidence.pk}:{token}",
        details=details,
        entered_by=_entered_by(evidence.person, by, at),
    )
    return _record_with_file(fact, upload, by, at, evidence)


@transaction.atomic
def withdraw(*, evidence: Evidence, reason: str, by: User, at: datetime.datetime) -> Evidence:
    """Takes a fact back: an entry says so, and the fact counts no more. Withdrawing twice is once.

    The person takes back what they declared; an officer what officers entered. Raises as ``correct`` does.
    """
    standing = Evidence.objects.filter(source_key=_withdrawal_key(evidence)).first()
    if standing is not None:
        return standing
    if KINDS[evidence.kind].is_officers_entry:
        _require_other(evidence.person, by, at)
    else:
        _require_changeable(evidence, by, at)
    fact = copy_of(
        evidence,
        kind=WITHDRAWAL,
        source_key=_withdrawal_key(evidence),
        details={"reason": reason.strip(), "withdrawn_by": by.pk},
        entered_by=EnteredBy.OWN_ACCOUNT if by.person_id == evidence.person_id else EnteredBy.ASSISTED,
    )
    withdrawn, _is_new = write(fact, at, evidence)
    log(instance=withdrawn, action="evidence.withdraw", user=by, title=str(withdrawn.pk))
    return withdrawn


@transaction.atomic
def observe(
    *, person: Person, title: str, text: str, occurred_at: datetime.datetime, token: uuid.UUID, by: User,
    at: datetime.datetime,
) -> Evidence:  # fmt: skip
    """What an officer saw a person learn or do. Never about oneself. ``token`` as in ``declare``."""
    _require_other(person, by, at)
    fact = Fact(
        person_id=person.pk,
        kind=Kind.OBSERVATION,
        title=title,
        occurred_at=occurred_at,
        source=Source.OFFICER,
        verification=Verification.NONE,
        entered_by=EnteredBy.ASSISTED,
        source_key=f"observed:{person.pk}:{token}",
        details={"note": text.strip(), "observed_by": by.pk},
    )
    return record(fact=fact, by=by, at=at)


def _record_with_file(
    fact: Fact, upload: Upload | None, by: User, at: datetime.datetime, supersedes: Evidence | None
) -> Evidence:
    """Row and file together: where one fails, neither stays, not even on the disk."""
    stored = ""
    try:
        with transaction.atomic():
            evidence = record(fact=fact, by=by, at=at, supersedes=supersedes)
            if evidence.files.exists():
                return evidence
            if upload is not None:
                stored = private_storage().save(f"evidence/{at:%Y/%m}/{uuid7.uuid7()}{upload.ending}", upload.content)
                _note_file(evidence, upload, stored)
            elif supersedes is not None:
                carry_files(supersedes, evidence)
            return evidence
    except BaseException:
        if stored:
            private_storage().delete(stored)
        raise


def _note_file(evidence: Evidence, upload: Upload, stored: str) -> None:
    EvidenceFile.objects.create(
        evidence=evidence,
        file=stored,
        name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        is_scanned=upload.is_scanned,
    )


def _entered_by(person: Person, by: User, at: datetime.datetime) -> EnteredBy:
    if by.person_id == person.pk:
        return EnteredBy.OWN_ACCOUNT
    require_over(by, Action.ASSIST, person, timezone.localdate(at))
    return EnteredBy.ASSISTED


def _require_changeable(evidence: Evidence, by: User, at: datetime.datetime) -> None:
    _entered_by(evidence.person, by, at)
    if not evidence.is_changeable:
        raise RecordRefusedError("only what was declared and not yet checked can be changed")


def _require_other(person: Person, by: User, at: datetime.datetime) -> None:
    if by.person_id == person.pk:
        raise PermissionDenied("nobody observes themselves")
    require_over(by, Action.ASSIST, person, timezone.localdate(at))


def _withdrawal_key(evidence: Evidence) -> str:
    return f"withdrawn:{evidence.pk}"
