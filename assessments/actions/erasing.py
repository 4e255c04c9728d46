"""Attempts of a person who is erased."""

from django.db import transaction

from assessments.models import Attempt, ExtraTime, Response


@transaction.atomic
def erase_attempts(*, person_ids: list[int]) -> None:
    """Part of an erasure: attempts and answers go, and who needed more time. Run twice it finds nothing left."""
    Response.objects.filter(attempt__enrolment__person_id__in=person_ids).delete()
    Attempt.objects.filter(enrolment__person_id__in=person_ids).delete()
    ExtraTime.objects.filter(person_id__in=person_ids).delete()
