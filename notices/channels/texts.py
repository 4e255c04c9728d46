"""SMS and Zalo: to whose telephone an officer has verified, and no other account has; for whoever chooses it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from membership.models import Contact, Person
from membership.querysets import PersonQuerySet
from notices.channels.contract import Address
from notices.letters import count_of, line_of
from notices.models import Channel, Notice, Refusal
from notices.registries.kinds import Kind


@dataclass(frozen=True)
class Texts:
    key: Channel
    choice: str | Promise

    @property
    def carrier(self) -> str:
        return str(self.key.value)

    def is_usual(self, kind: Kind) -> bool:
        return False

    def addresses(self, people: Collection[Person]) -> dict[int, list[Address]]:
        phones = self._phones([person.pk for person in people]).order_by("-pk")
        return {person: [Address(phone)] for person, phone in phones.values_list("person", "value")}

    def reaching(self, people: PersonQuerySet[Person]) -> Q:
        return Q(pk__in=self._phones(people.values("pk")).values("person"))

    def _phones(self, people: Collection[int] | QuerySet[Any, Any]) -> QuerySet[Contact]:
        """Not of who does not want to be called or written to, and none that reaches nobody."""
        refusing = Person.objects.filter(pk__in=people).refusing("contacts")
        off = Refusal.objects.filter(
            channel=self.key, person=OuterRef("person"), address=OuterRef("value"), is_off=True
        )
        phones = Contact.objects.own_phones().filter(person__in=people).exclude(person__in=refusing)
        return phones.exclude(Exists(off))

    def message(self, notice: Notice) -> Mapping[str, str]:
        return {"text": f"{line_of(notice)}: {settings.BASE_URL}{reverse('notices:inbox')}"}

    def digest(self, notices: Sequence[Notice], parts: Mapping[str, str]) -> Mapping[str, str]:
        return {"text": f"{count_of(notices)}: {parts['inbox']}"}

    def owner_of(self, address: str) -> int | None:
        return Contact.objects.own_phones().filter(value=address).values_list("person", flat=True).first()

    def written(self, address: str) -> str:
        return address


SMS = Texts(Channel.SMS, gettext_lazy("By SMS at once"))
ZALO = Texts(Channel.ZALO, gettext_lazy("By Zalo at once"))
