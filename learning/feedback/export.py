"""What a person takes along: what they asked with the answers, and which pages helped them."""

from typing import Any

from django.db.models import F

from learning.feedback.models import Enquiry, Opinion
from membership.models import Person


def feedback_part(person: Person) -> dict[str, Any]:
    """Also of records merged into the person's."""
    people = Person.objects.records_of(person)
    enquiries = Enquiry.objects.filter(enrolment__person__in=people).order_by("asked_at", "pk")
    asked = ("text", "asked_at", "can_be_shown", "answer", "answered_at", "is_for_all", "moderation")
    opinions = Opinion.objects.filter(person__in=people).order_by("said_at", "pk")
    return {
        "questions_to_teachers": list(
            enquiries.values(*asked, at=F("page_title"), course=F("enrolment__course_title"))
        ),
        "opinions_of_pages": list(opinions.values("is_helpful", "word", "said_at", title=F("page__title"))),
    }
