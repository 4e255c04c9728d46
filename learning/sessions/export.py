"""What a person takes along: to which sessions they said that they come."""

from typing import Any

from django.db.models import F

from learning.sessions.models import Reply
from membership.models import Person


def replies_part(person: Person) -> dict[str, Any]:
    """Also of records merged into the person's."""
    said = Reply.objects.filter(person__in=Person.objects.records_of(person))
    return {"session_replies": list(said.values("is_coming", "replied_at", title=F("session__title")))}
