"""Web push: to the devices on which somebody switched it on."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from membership.models import Person
from membership.querysets import PersonQuerySet
from notices.channels.contract import Address
from notices.letters import count_of, line_of
from notices.models import Channel, Device, Notice
from notices.registries.kinds import Kind


class Push:
    """To have switched a device on is to wish it."""

    key, carrier, choice = Channel.PUSH, "push", _("On my devices at once")

    def is_usual(self, kind: Kind) -> bool:
        return kind.is_wanted

    def addresses(self, people: Collection[Person]) -> dict[int, list[Address]]:
        """A device's key; where it is reached goes along."""
        reached = defaultdict(list)
        for device in Device.objects.of([person.pk for person in people]):
            if device.is_on:
                reached[device.person_id].append(Address(str(device.pk), device.subscription))
        return dict(reached)

    def reaching(self, people: PersonQuerySet[Person]) -> Q:
        """Whether a device is on follows from the password, which no query can tell."""
        devices = Device.objects.filter(person__in=people.values("pk")).select_related("person__user")
        return Q(pk__in={device.person_id for device in devices if device.is_on})

    def message(self, notice: Notice) -> Mapping[str, str]:
        return {"title": line_of(notice), "path": reverse("notices:inbox")}

    def digest(self, notices: Sequence[Notice], parts: Mapping[str, str]) -> Mapping[str, str]:
        return {"title": count_of(notices), "path": reverse("notices:inbox")}

    def owner_of(self, address: str) -> int | None:
        return Device.objects.filter(pk=UUID(address)).values_list("person", flat=True).first()

    def written(self, address: str) -> str:
        return address
