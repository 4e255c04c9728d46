"""By which channels notices leave the site: those that somebody has set up; and whom each reaches.

E-mail is the one by which everybody hears until they choose otherwise. Whom it does not reach hears by the others what
they chose; what none of them told, a secretary tells by word of mouth.
"""

from collections.abc import Collection

from membership.models import Person
from membership.querysets import PersonQuerySet
from notices.channels.contract import Address, Channel
from notices.channels.mail import Mail
from notices.channels.push import Push
from notices.channels.texts import SMS, ZALO
from notices.models import Channel as Key
from notices.models import Delivery, Refusal
from notices.querysets import DeliveryQuerySet
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


def ways_to(people: PersonQuerySet[Person]) -> dict[Key, PersonQuerySet[Person]]:
    """By each channel that is set up those of them whom it reaches."""
    return {channel.key: people.filter(channel.reaching(people)) for channel in present()}


def without_mail(people: PersonQuerySet[Person]) -> PersonQuerySet[Person]:
    return people.exclude(MAIL.reaching(people))


def told_without_mail() -> DeliveryQuerySet[Delivery]:
    """What another channel handed over; not what waits, what failed and what is uncertain."""
    others = [channel.key for channel in channels.values() if channel is not MAIL]
    return Delivery.objects.filter(channel__in=others, state=Delivery.State.SENT)
