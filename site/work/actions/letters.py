"""Writes of the outbox: a letter is put in, handed over by its channel, and gone."""

import datetime
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from time import monotonic

from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q

from work import letters
from work.actions.handing_over import Round, note, refuse
from work.bounces import Bounce
from work.carriers import AwayError, Carrier, RefusedError, carriers
from work.models import Channel, Letter
from work.signals import FAILED, UNCERTAIN, letters_ended

_AWAY_SECONDS = 60
_LETTERS_AT_ONCE = 500
_BATCH_SECONDS = 120.0  # less than a letter rests: what is being handed over is not due again meanwhile
_LETTERS_KEPT = datetime.timedelta(days=3)  # as long as a link of theirs is good
_REFERENCED_KEPT = datetime.timedelta(days=14)
_WHY_GIVEN_UP = {
    FAILED: "nobody took them as long as they were worth it",
    UNCERTAIN: "they may be delivered; whoever handed them over died",
}
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PutLetter:
    """``reference`` is by which whoever puts it in hears how it ended; what is not urgent is not sent twice either.
    ``message`` as the carrier of the channel takes it: an e-mail, or ``text``."""

    message: EmailMessage | Mapping[str, str]
    address: str
    reference: str = ""
    is_urgent: bool = True
    channel: str = Channel.MAIL
    good_for: datetime.timedelta | None = None

    def sealed(self) -> bytes:
        if isinstance(self.message, EmailMessage):
            return letters.sealed(self.message, self.address, self.reference)
        return letters.sealed_note(self.message)


def put_letter(*, message: EmailMessage, address: str, at: datetime.datetime) -> None:
    """It goes to that address once this transaction is committed and a mail server takes it."""
    put_letters(put=[PutLetter(message, address)], at=at)


def put_letters(*, put: Iterable[PutLetter], at: datetime.datetime) -> None:
    rows = [
        Letter(
            channel=letter.channel,
            address=letter.address,
            content=letter.sealed(),
            reference=letter.reference,
            is_urgent=letter.is_urgent,
            put_at=at,
            next_try_at=at,
            good_until=at + letter.good_for if letter.good_for else None,
        )
        for letter in put
    ]
    Letter.objects.bulk_create(rows, batch_size=_LETTERS_AT_ONCE)


def deliver_letters(*, at: datetime.datetime, skips_away: bool = False) -> str:
    """Hands over what is due, by each channel in turn; says what went out and what waits.

    After a kill in between, an urgent letter may have gone out, and goes a second time, under the same Message-ID or
    key; or some of a handful of others: of these it is told. None is lost.
    """
    _settle_letters(at)
    begun, sent = monotonic(), 0
    present = [carrier for carrier in carriers.values() if carrier.is_on and not _is_left_alone(carrier, skips_away)]
    for count, carrier in enumerate(present, start=1):
        sent += _deliver(carrier, begun + _BATCH_SECONDS * count / len(present), at)
    return f"{sent} letters sent, {Letter.objects.count()} wait"


def is_away(channel: str) -> bool:
    """Whether it was away when a letter was tried last, less than a minute ago."""
    return bool(cache.get(_away(channel)))


def try_message(*, put: PutLetter, at: datetime.datetime) -> Channel:
    """Hands it over at once, past the outbox, and keeps what came of it."""
    try:
        with carriers[put.channel].connected() as give:
            give(put.address, put.sealed())
    except (AwayError, RefusedError) as fault:
        return note(put.channel, at, fault.problem)
    return note(put.channel, at)


def forget_letters(*, addresses: Collection[str]) -> None:
    """What waits for them is not sent any more."""
    Letter.objects.filter(address__in=addresses).delete()


def note_bounce(*, bounce: Bounce, at: datetime.datetime) -> None:
    """A letter came back. Told once or twice, it is the same."""
    letters_ended.send(sender=Letter, references=[bounce.reference], end=FAILED, at=at)
    refuse(Channel.MAIL, bounce.address, bounce.letter, bounce.is_final, at)


def _deliver(carrier: Carrier, until: float, at: datetime.datetime) -> int:
    one = Round(carrier, until, at)
    try:
        one.hand_over()
        if one.handed:
            cache.delete(_away(carrier.name))
        if one.sent:
            note(carrier.name, at)
    except AwayError as fault:
        cache.set(_away(carrier.name), True, max(fault.seconds, _AWAY_SECONDS))
        if fault.seconds:
            cache.set(_resting(carrier.name), True, fault.seconds)
        note(carrier.name, at, fault.problem)
        _logger.warning("%s is away (%s)", carrier.name, type(fault.__cause__ or fault).__name__)
    return one.sent


def _is_left_alone(carrier: Carrier, skips_away: bool) -> bool:
    """It asked for rest, or is known to be away."""
    return bool(cache.get(_resting(carrier.name))) or (skips_away and is_away(carrier.name))


def _away(channel: str) -> str:
    return f"work.{channel}-is-away"


def _resting(channel: str) -> str:
    return f"work.{channel}-rests"


@transaction.atomic
def _settle_letters(at: datetime.datetime) -> None:
    """Gives up what has not been taken for too long, and what may have been taken already: gone and told at once, or
    neither."""
    old = Q(put_at__lt=at - _LETTERS_KEPT, reference="") | Q(put_at__lt=at - _REFERENCED_KEPT) | Q(good_until__lt=at)
    for end, given_up in ((FAILED, Letter.objects.filter(old)), (UNCERTAIN, Letter.objects.uncertain(at))):
        left = dict(given_up.order_by("pk").values_list("pk", "reference"))
        if left:
            _logger.error("%d letters were given up: %s", len(left), _WHY_GIVEN_UP[end])
            Letter.objects.filter(pk__in=left).delete()
            letters_ended.send(sender=Letter, references=[ref for ref in left.values() if ref], end=end, at=at)
