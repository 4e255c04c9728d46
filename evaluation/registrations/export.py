"""What a person takes along: for which years they registered."""

from typing import Any

from django.db.models import F

from evaluation.registrations.models import Registration
from membership.models import Person


def registrations_part(person: Person) -> dict[str, Any]:
    """Also of records merged into the person's."""
    found = Registration.objects.of_person(person).order_by("year", "pk")
    where = {"in_unit": F("unit__name"), "target_group": F("group"), "how": F("way")}
    return {"registrations": list(found.values("year", "registered_at", **where))}
