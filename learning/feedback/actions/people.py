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
    held = {enrolment.course_key: enrolment for enrolment in Enrolment.objects.filter(person=into)}
    for enquiry in Enquiry.objects.filter(enrolment__person=duplicate).select_related("enrolment"):
        if staying := held.get(enquiry.enrolment.course_key):
            enquiry.enrolment = staying
            enquiry.save(update_fields=["enrolment"])
    said = Opinion.objects.filter(person=into).values_list("page_id", flat=True)
    theirs = Opinion.objects.filter(person=duplicate)
    theirs.filter(page__in=list(said)).delete()
    theirs.update(person=into)
