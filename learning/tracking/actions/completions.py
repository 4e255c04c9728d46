"""What the ledger is told of finished courses: one completion of a course stands for a person, also where several of
their records finished it before they were merged.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from learning.evidence.actions import record, record_all
from learning.evidence.facts import MOVED_TO, Fact
from learning.evidence.models import Evidence, Verification
from learning.tracking.courses.state import completion_fact
from learning.tracking.models import Enrolment, StepProgress
from learning.tracking.querysets.enrolments import Standing


def record_completion(enrolment: Enrolment, fact: Fact, at: datetime.datetime, by_step: Sequence[Fact] = ()) -> None:
    """The fact of the course, and with it that of the step which finished it."""
    told = record_all(facts=[fact, *by_step], at=at)[0]
    if told.recorded_at != at and not Evidence.objects.filter(pk=told.pk).standing().exists():
        record(fact=replace(fact, source_key=next_key(enrolment)), by=None, at=at)


def next_key(enrolment: Enrolment) -> str:
    """The ledger's key of the next fact about this enrolment, which no earlier one has, moved by a merge or not."""
    first = f"course:{enrolment.course_key}:{enrolment.person_id}"
    later = Q(source_key__startswith=f"{first}:") | Q(source_key__startswith=f"{first}{MOVED_TO}")
    return f"{first}:{Evidence.objects.filter(Q(source_key=first) | later).count()}"


def completion_of(enrolment: Enrolment) -> Evidence | None:
    """The completion that stands for the enrolment; what stands for that of another record of the person is none."""
    told = Evidence.objects.for_page(enrolment.person.identity_id, enrolment.course_key)
    teller = re.match(rf"course:{enrolment.course_key}:(\d+)", told.source_key) if told else None
    if teller is None or teller[1] == str(enrolment.person_id):
        return told
    is_others = Enrolment.objects.filter(course_key=enrolment.course_key, person_id=teller[1]).exists()
    return None if is_others else told


def tell_course_again(enrolment: Enrolment, standing: Standing, at: datetime.datetime, reason: str) -> None:
    """The evidence of a finished course is superseded if it would say something else now. Idempotent."""
    told, course = completion_of(enrolment), enrolment.course
    if told is None or course is None or enrolment.completed_at is None:
        return
    fact = completion_fact(enrolment, course.outline(), standing, enrolment.completed_at)
    if (fact.score, fact.verification) != (told.score, told.verification):
        fact = replace(fact, source_key=next_key(enrolment), details=fact.details | {"reason": reason})
        record(fact=fact, by=None, at=at, supersedes=told)


def put_finished(enrolment: Enrolment, person_id: int) -> bool:
    """Tells whether no completion of the course stands for the person yet, be it of another record that was merged.
    Asked in the statement that is needed anyway: handing in has few."""
    done = {"completed_at": enrolment.completed_at, "course_revision": enrolment.course_revision}
    row = Enrolment.objects.filter(pk=enrolment.pk)
    told = Evidence.objects.filter(person=person_id, page_key=enrolment.course_key).standing()
    is_first = bool(row.exclude(Exists(told)).update(**done))
    if not is_first:
        row.update(**done)
    return is_first


def tell_if_surer(enrolment: Enrolment, fact: Fact, at: datetime.datetime) -> None:
    """In place of what another record of the person was told about the course, if that proves less."""
    told = Evidence.objects.for_page(fact.person_id, enrolment.course_key)
    if told is not None and told.verification == Verification.NONE != fact.verification:
        reason = _("Another record of the same person proves more.")
        fact = replace(fact, source_key=next_key(enrolment), details=fact.details | {"reason": reason})
        record(fact=fact, by=None, at=at, supersedes=told)


def tell_that_of_another_record(enrolment: Enrolment, at: datetime.datetime) -> None:
    """After the completion of this one was taken back; another record of the person may have finished the course."""
    identity = enrolment.person.identity_id
    own = Enrolment.objects.filter(Q(person=identity) | Q(person__merged_into=identity))
    others = own.filter(course_key=enrolment.course_key).exclude(pk=enrolment.pk).exclude(completed_at=None)
    other = others.select_related("person", "course").order_by("completed_at").first()
    if other is not None and other.course is not None and other.completed_at is not None:
        standing = StepProgress.objects.standing_in(other)
        fact = completion_fact(other, other.course.outline(), standing, other.completed_at)
        record_completion(other, fact, at)
