"""Two records of one person become one."""

import datetime

from django.db import transaction

from learning.feedback.models import Enquiry, Opinion
from learning.tracking.models import Enrolment
from membership.models import Person, User


@transaction.atomic
def move_feedback(*, duplicate: Person, into: Person, by: User | None, at: datetime.datetime) -> None:
    """What was asked in a course that both took moves to the enrolment that stays, the rest comes with its enrolment.
    Of two opinions about a page that of the record that stays counts. Idempotent.
    """
    for theirs, staying in Enrolment.objects.taken_by_both(duplicate, into):
        Enquiry.objects.filter(enrolment=theirs).update(enrolment=staying)
    said = Opinion.objects.filter(person=into).values_list("page_id", flat=True)
    theirs = Opinion.objects.filter(person=duplicate)
    theirs.filter(page__in=list(said)).delete()
    theirs.update(person=into)
