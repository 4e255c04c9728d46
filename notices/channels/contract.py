"""A channel: by which notices leave the site. Each is one file, and its carrier in ``work`` takes the letters out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils.functional import Promise

from membership.models import Person
from membership.querysets import PersonQuerySet
from notices.models import Channel as Key
from notices.models import Notice
from notices.registries.kinds import Kind


@dataclass(frozen=True)
class Address:
    """Where one person is reached; ``more`` is what the carrier needs beside it."""

    value: str
    more: Mapping[str, str] = field(default_factory=dict)


class Channel(Protocol):
    @property
    def key(self) -> Key: ...

    @property
    def carrier(self) -> str:
        """Its name in ``work.carriers``."""

    @property
    def choice(self) -> str | Promise:
        """Over the kinds that one chooses to hear by it."""

    def is_usual(self, kind: Kind) -> bool:
        """Whether one hears of it by this channel until they choose otherwise."""

    def addresses(self, people: Collection[Person]) -> dict[int, list[Address]]:
        """By person; as many queries for all as for one."""

    def reaching(self, people: PersonQuerySet[Person]) -> Q:
        """True of those of them who have such an address, and none from which letters came back; a query at most."""

    def message(self, notice: Notice) -> EmailMessage | Mapping[str, str]:
        """In Vietnamese. Until its reader lets it, what others see of it says nothing of what it is about."""

    def digest(self, notices: Sequence[Notice], parts: Mapping[str, str]) -> EmailMessage | Mapping[str, str]:
        """One person's, of a week; ``parts`` as ``letters.standing_parts`` gives them."""

    def owner_of(self, address: str) -> int | None:
        """The person whom it reaches now."""

    def written(self, address: str) -> str:
        """As ``addresses`` gives it: a mail server may answer in other letters, large for small."""
