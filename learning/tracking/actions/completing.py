"""The evidence of a finished course. One that was taken back and is earned again is told under a key of its own."""

import datetime
from dataclasses import replace

from django.db.models import Q

from learning.evidence.actions import record, record_all
from learning.evidence.facts import Fact
from learning.evidence.models import Evidence
from learning.tracking.models import Enrolment


def record_completion(enrolment: Enrolment, fact: Fact, at: datetime.datetime, of_step: Fact | None = None) -> None:
    """The fact of the course, and with it that of the step which finished it."""
    told = record_all(facts=[fact, of_step] if of_step else [fact], at=at)[0]
    if told.recorded_at != at and Evidence.objects.filter(supersedes=told).exists():
        record(fact=replace(fact, source_key=next_key(enrolment)), by=None, at=at)


def next_key(enrolment: Enrolment) -> str:
    """The ledger's key of the next fact about this course."""
    first = f"course:{enrolment.course_key}:{enrolment.person_id}"
    told = Evidence.objects.filter(Q(source_key=first) | Q(source_key__startswith=f"{first}:"))
    return f"{first}:{told.count()}"
