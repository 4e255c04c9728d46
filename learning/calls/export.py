"""What a person takes along: to what they were called."""

from typing import Any

from django.db.models import F

from learning.calls.models import Called
from membership.models import Person


def calls_part(person: Person) -> dict[str, Any]:
    """Also of records merged into the person's. A draft is nobody's business yet."""
    people = Person.objects.records_of(person)
    called = Called.objects.filter(person__in=people).exclude(call__state="draft").order_by("call__called_at", "pk")
    about = {"to": F("call__title"), "by": F("call__unit__name"), "reason": F("call__reason"),
             "first_day": F("call__first_day"), "last_day_of_all": F("call__last_day"),
             "state": F("call__state")}  # fmt: skip
    return {"calls_to_learn": list(called.values("why_longer", **about, extended_until=F("last_day")))}
