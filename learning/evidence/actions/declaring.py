"""What people enter: their own declarations and certificates, an officer's observations; correcting, taking back; and
what an officer says of a certificate after looking at it."""

import datetime
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from learning.evidence import notices
from learning.evidence.actions.keeping import keeping_files, sweep
from learning.evidence.actions.recording import RecordRefusedError, carry_files, copy_of, file_of, record, write
from learning.evidence.facts import Fact
from learning.evidence.files import Upload
from learning.evidence.kinds import KINDS, WITHDRAWAL, Kind
from learning.evidence.models import EnteredBy, Evidence, EvidenceFile, Source, Verification
from learning.evidence.signals import evidence_withdrawn
from membership.models import Person, User
from membership.policy import Action, require_consenting, require_over

_FOLDER = "evidence"
_TOLD = {"confirm": notices.CONFIRMED, "refuse": notices.REFUSED}


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
    if evidence.source == Source.SELF and by.person_id == evidence.person_id:
        _require_unchecked(evidence)
    elif KINDS[evidence.kind].is_officers_entry:
        _require_other(evidence.person, by, at)
    else:
        _require_changeable(evidence, by, at)
    withdrawn = take_back(evidence, reason, by, at)
    log(instance=withdrawn, action="evidence.withdraw", user=by, title=str(withdrawn.pk))
    return withdrawn


def take_back(evidence: Evidence, reason: str, by: User, at: datetime.datetime, **more: Any) -> Evidence:
    """The entry that takes a fact back. Whether ``by`` may, and the entry in the audit log, are the caller's."""
    fact = copy_of(
        evidence,
        kind=WITHDRAWAL,
        source_key=_withdrawal_key(evidence),
        details={"reason": reason.strip(), "withdrawn_by": by.pk} | more,
        entered_by=EnteredBy.OWN_ACCOUNT if by.person_id == evidence.person_id else EnteredBy.ASSISTED,
    )
    withdrawn, _is_new = write(fact, at, evidence)
    evidence_withdrawn.send(Evidence, evidence=evidence, at=at)
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


def sweep_files(*, at: datetime.datetime) -> int:
    """Deletes stored files older than a day that no entry names; gives how many. Run twice it finds none."""
    return sweep(_FOLDER, EvidenceFile.objects.all(), at)


def _record_with_file(
    fact: Fact, upload: Upload | None, by: User, at: datetime.datetime, supersedes: Evidence | None
) -> Evidence:
    """Row and file together: where one fails, neither stays."""
    with keeping_files() as keep:
        evidence = record(fact=fact, by=by, at=at, supersedes=supersedes)
        if evidence.files.exists():
            return evidence
        if upload is not None:
            file_of(evidence, keep(upload, _FOLDER, at), upload).save(force_insert=True)
        elif supersedes is not None:
            carry_files(supersedes, evidence)
        return evidence


def _entered_by(person: Person, by: User, at: datetime.datetime) -> EnteredBy:
    if by.person_id == person.pk:
        return EnteredBy.OWN_ACCOUNT
    require_over(by, Action.ASSIST, person, timezone.localdate(at))
    return EnteredBy.ASSISTED


def _require_changeable(evidence: Evidence, by: User, at: datetime.datetime) -> None:
    _entered_by(evidence.person, by, at)
    if not KINDS[evidence.kind].offered_as:
        raise RecordRefusedError("only what was declared can be changed")
    _require_unchecked(evidence)


def _require_unchecked(evidence: Evidence) -> None:
    if not evidence.is_own_word:
        raise RecordRefusedError("only what was declared and not yet checked can be changed")


def _require_other(person: Person, by: User, at: datetime.datetime) -> None:
    if by.person_id == person.pk:
        raise PermissionDenied("nobody observes themselves")
    require_over(by, Action.ASSIST, person, timezone.localdate(at))


def _withdrawal_key(evidence: Evidence) -> str:
    return f"withdrawn:{evidence.pk}"


def _require_verifier(evidence: Evidence, by: User) -> None:
    if not Evidence.objects.confirmable_by(by).filter(pk=evidence.pk).exists():
        raise PermissionDenied("verifying evidence refused")
    if evidence.kind != Kind.EXTERNAL_CERTIFICATE:
        raise RecordRefusedError("only certificates are confirmed")


def _judged(evidence: Evidence, by: User, at: datetime.datetime, verb: str, **changes: Any) -> Evidence:
    require_consenting(evidence.person_id)
    judged, is_new = write(copy_of(evidence, **changes), at, evidence)
    if is_new:
        carry_files(evidence, judged)
        notices.judged(kind=_TOLD[verb], evidence=judged, at=at)
        log(instance=judged, action=f"evidence.{verb}", user=by, title=str(judged.pk))
    return judged
