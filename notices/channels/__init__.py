"""By which channels notices leave the site: those that somebody has set up."""

from collections.abc import Collection

from membership.models import Person
from notices.channels.contract import Address, Channel
from notices.channels.mail import Mail
from notices.channels.push import Push
from notices.channels.texts import SMS, ZALO
from notices.models import Refusal
from work.carriers import carriers

MAIL, PUSH = Mail(), Push()
channels: dict[str, Channel] = {channel.key: channel for channel in (MAIL, SMS, ZALO, PUSH)}


def present() -> list[Channel]:
    return [channel for channel in channels.values() if carriers[channel.carrier].is_on]


def reached(channel: Channel, people: Collection[Person]) -> dict[int, list[Address]]:
    """Those whom it reaches, and where: at no address from which letters came back."""
    off = Refusal.objects.off([person.pk for person in people], channel.key)
    addresses = channel.addresses(people).items()
    kept = {person: [one for one in where if (person, one.value) not in off] for person, where in addresses}
    return {person: where for person, where in kept.items() if where}
