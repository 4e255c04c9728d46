"""To what one can call people. Calls go down, this registry goes up: whoever has something to be learned adds it in its
``AppConfig.ready``. Whether somebody has done it is read from evidence, as everywhere.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise

from membership.policy import AnyUser

Text = str | Promise


@dataclass(frozen=True)
class Destination:
    """``offered``: to what the user may call people now, by key, with its title. ``proof``: which facts say that it was
    done; it takes the key, or the outer column that holds it. ``addresses``: where what is still there is to be found,
    by key."""

    kind: str
    label: Text
    offered: Callable[[AnyUser], Sequence[tuple[UUID, str]]]
    proof: Callable[[Any], Q]
    addresses: Callable[[Collection[UUID]], Mapping[UUID, str]]


DESTINATIONS: dict[str, Destination] = {}


def register(destination: Destination) -> None:
    DESTINATIONS[destination.kind] = destination


def kinds() -> list[tuple[str, Text]]:
    """Migrations name this function, so a new kind needs none."""
    return [(one.kind, one.label) for one in DESTINATIONS.values()]


def choices(user: AnyUser) -> list[tuple[Text, list[tuple[str, str]]]]:
    """For a field of a form, by kind."""
    found = ((one, one.offered(user)) for one in DESTINATIONS.values())
    return [(one.label, [(f"{one.kind}:{key}", title) for key, title in offered]) for one, offered in found if offered]


def addresses_of(wanted: Collection[tuple[str, UUID]]) -> dict[UUID, str]:
    """Of kinds and keys; a query or two for each kind. What is gone has none."""
    found: dict[UUID, str] = {}
    for kind, destination in DESTINATIONS.items():
        if keys := {key for other, key in wanted if other == kind}:
            found |= destination.addresses(keys)
    return found
