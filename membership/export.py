"""What a person takes along: each app adds its part.

An app above appends to ``export_parts`` in its ``AppConfig.ready`` a function that takes the person and returns
plain values under names of its own, for example ``{"evidence": [...]}``.
"""

from collections.abc import Callable
from typing import Any

from membership.models import Consent, FileAccess, Membership, Person

export_parts: list[Callable[[Person], dict[str, Any]]] = []


def export(person: Person) -> dict[str, Any]:
    """All that is kept about the person, ready for JSON (dates and moments as ISO text by Django's encoder)."""
    whole = _own_part(person)
    for part in export_parts:
        whole |= part(person)
    return whole


def _own_part(person: Person) -> dict[str, Any]:
    return {
        "person": {"code": person.code, "full_name": person.full_name, "birth_year": person.birth_year},
        "target_groups": list(person.target_groups.values("group", "valid_from", "valid_to")),
        "memberships": list(
            Membership.objects.for_account(person).values("role", "unit__code", "unit__name", "valid_from", "valid_to")
        ),
        "consents": list(Consent.objects.for_account(person).values("text__version", "given_at", "withdrawn_at")),
        "file_accesses": list(
            FileAccess.objects.for_account(person).values("at", "what", "user__person__full_name", "unit__name")
        ),
    }
