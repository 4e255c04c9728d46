"""Certificates of attendance follow who was there: given when a session is closed, revoked with who is struck off."""

import datetime
from collections.abc import Collection

from django.db.models import QuerySet

from learning.evidence.models import Evidence, Source
from learning.sessions import notices
from learning.sessions.models import AttendanceCertificate, Session
from membership.models import Person, User
from papers.codes import new_code


def certify(session: Session, at: datetime.datetime) -> int:
    """In the transaction that closes the session, under the lock on it: to everybody for whom another organiser, or
    the code on the screen, vouches. Nobody gets one on their own word. Closed again, only who came since gets one."""
    given = AttendanceCertificate.objects.standing().filter(session=session)
    there = _vouched_for(session).filter(person__withdrawn_at=None)
    people = set(there.values_list("person_id", flat=True)) - set(given.values_list("person_id", flat=True))
    rows = [AttendanceCertificate(session=session, person_id=person, issued_at=at) for person in sorted(people)]
    AttendanceCertificate.objects.bulk_create(rows)
    notices.tell_certified(session, people, at)
    return len(rows)


def revoke_certificate(*, evidence: Evidence, at: datetime.datetime) -> None:
    """In the transaction that takes attendance back. Run twice it finds none that stands."""
    given = AttendanceCertificate.objects.standing().of_person(evidence.person_id)
    given.filter(session=evidence.details.get("session")).update(revoked_at=at)


def move_certificates(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """Two records of one person become one. Where both have one, that of the record that went stays with it: it is
    theirs as well. What they noted for their other record is their own word, and certifies nothing. Idempotent."""
    standing = AttendanceCertificate.objects.standing()
    held = standing.filter(person=into).values_list("session", flat=True)
    AttendanceCertificate.objects.filter(person=duplicate).exclude(session__in=list(held)).update(person=into)
    for given in standing.filter(person__in=[duplicate, into]).select_related("session"):
        if not _vouched_for(given.session).filter(person=into).exists():
            given.revoked_at = at
            given.save(update_fields=["revoked_at"])


def erase_certificates(*, person_ids: Collection[int]) -> None:
    """Part of an erasure: a code that somebody noted leads nowhere any more."""
    for certificate in AttendanceCertificate.objects.filter(person__in=person_ids):
        certificate.code, certificate.person = new_code(), None
        certificate.save(update_fields=["code", "person"])


def _vouched_for(session: Session) -> QuerySet[Evidence]:
    """Who was there by another's word than their own."""
    return Evidence.objects.of_session(session).exclude(source=Source.SELF)
