"""Certificates of courses follow the completion: given with it, revoked with it, by whatever action changes it."""

import datetime
from collections.abc import Collection

from learning.tracking.models import CourseCertificate, Enrolment
from papers.codes import new_code
from training_materials.outlines.outline import Outline


def certify(enrolment: Enrolment, outline: Outline, at: datetime.datetime) -> None:
    """In the transaction that finishes the course, under the lock on the enrolment. Only one stands at a time."""
    CourseCertificate.objects.create(
        enrolment=enrolment, course_title=outline.title, minutes=outline.minutes, issued_at=at
    )


def revoke_certificate(enrolment: Enrolment, at: datetime.datetime) -> None:
    """In the transaction that takes the completion back. Run twice it finds none that stands."""
    CourseCertificate.objects.standing().filter(enrolment=enrolment).update(revoked_at=at)


def erase_certificates(person_ids: Collection[int]) -> None:
    """Part of an erasure, before the enrolments go: a code that somebody noted leads nowhere any more."""
    for certificate in CourseCertificate.objects.filter(enrolment__person_id__in=person_ids):
        certificate.code, certificate.course_title = new_code(), ""
        certificate.save(update_fields=["code", "course_title"])
