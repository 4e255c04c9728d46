"""What activities are called: the definitions that statements bring, merged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from learning.tracking.models import ActivityDefinition
from learning.tracking.xapi.definitions import merged
from learning.tracking.xapi.terms import ACTIVITY, activities_of, term


def keep_definitions(bodies: Iterable[dict[str, Any]]) -> None:
    """Two queries at most, and one when they bring nothing new. Later statements win."""
    told: dict[str, dict[str, Any]] = {}
    for body in bodies:
        for activity in activities_of(body):
            if activity.get("definition"):
                told[activity["id"]] = merged(told.get(activity["id"], {}), activity["definition"])
    if not told:
        return
    keys = {iri: term(ACTIVITY, iri) for iri in told}
    known = dict(ActivityDefinition.objects.filter(pk__in=keys.values()).values_list("iri", "definition"))
    changed = [
        ActivityDefinition(key=keys[iri], iri=iri, definition=whole)
        for iri, definition in told.items()
        if (whole := merged(known.get(iri, {}), definition)) != known.get(iri)
    ]
    if changed:
        # In the order of their keys, so that two batches wait for each other instead of blocking each other.
        ActivityDefinition.objects.bulk_create(
            sorted(changed, key=lambda row: row.key.bytes),
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["definition"],
        )
