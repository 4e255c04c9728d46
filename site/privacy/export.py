"""What somebody takes along of what they asked about their data."""

from typing import Any

from membership.models import Person
from privacy.models import Request


def requests_part(person: Person) -> dict[str, Any]:
    days = ("filed_at", "acknowledge_by", "acknowledged_at", "due_on", "answered_at")
    asked = Request.objects.of_person(person).values("kind", "words", "state", "answer", *days)
    marks = {"not_used_since": person.restricted_at, "no_suggestions_since": person.objected_at}
    return {"data_requests": list(asked), "data_limits": marks}
