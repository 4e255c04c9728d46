"""Writes of the outbox: a letter is put in, handed over by its channel, and gone."""

import datetime
import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic

from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db.models import Q
from django.utils import timezone

from work import letters
from work.bounces import Bounce
from work.carriers import AwayError, Carrier, Give, NobodyThereError, RefusedError, carriers
from work.models import Channel, Letter
from work.signals import FAILED, SENT, UNCERTAIN, address_refused, letters_ended

_AWAY_SECONDS = 60
_LETTERS_AT_ONCE = 500
_BATCH_SECONDS = 120.0  # less than a letter rests: what is being handed over is not due again meanwhile
_LETTERS_KEPT = datetime.timedelta(days=3)  # as long as a link of theirs is good
_REFERENCED_KEPT = datetime.timedelta(days=14)
_WHY_GIVEN_UP = {
    FAILED: "nobody took them as long as they were worth it",
    UNCERTAIN: "they may be delivered; whoever handed them over died",
}
_LETTER_RESTS = datetime.timedelta(minutes=3)  # doubled with each try
_LETTER_RESTS_AT_MOST = datetime.timedelta(hours=1)
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

    After a kill in between, one letter may have gone out: an urgent one goes out a second time, under the same
    Message-ID or key, of another it is told. None is lost.
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
        return _note(put.channel, at, fault.problem)
    return _note(put.channel, at)


def forget_letters(*, addresses: Collection[str]) -> None:
    """What waits for them is not sent any more."""
    Letter.objects.filter(address__in=addresses).delete()


def note_bounce(*, bounce: Bounce, at: datetime.datetime) -> None:
    """A letter came back. Told once or twice, it is the same."""
    letters_ended.send(sender=Letter, references=[bounce.reference], end=FAILED, at=at)
    _refuse(Channel.MAIL, bounce.address, bounce.letter, bounce.is_final, at)


def _deliver(carrier: Carrier, until: float, at: datetime.datetime) -> int:
    sent = handed = 0
    try:
        for is_sent in _handed_over(carrier, until, at):
            handed, sent = handed + 1, sent + is_sent
        if handed:
            cache.delete(_away(carrier.name))
        if sent:
            _note(carrier.name, at)
    except AwayError as fault:
        cache.set(_away(carrier.name), True, max(fault.seconds, _AWAY_SECONDS))
        if fault.seconds:
            cache.set(_resting(carrier.name), True, fault.seconds)
        _note(carrier.name, at, fault.problem)
        _logger.warning("%s is away (%s)", carrier.name, type(fault.__cause__ or fault).__name__)
    return sent


def _is_left_alone(carrier: Carrier, skips_away: bool) -> bool:
    """It asked for rest, or is known to be away."""
    return bool(cache.get(_resting(carrier.name))) or (skips_away and is_away(carrier.name))


def _away(channel: str) -> str:
    return f"work.{channel}-is-away"


def _resting(channel: str) -> str:
    return f"work.{channel}-rests"


def _note(channel: str, at: datetime.datetime, problem: str = "") -> Channel:
    came = {"problem": problem} if problem else {"problem": "", "worked_at": at}
    row, _is_new = Channel.objects.update_or_create(name=channel, defaults={"tried_at": at, **came})
    return row


def _settle_letters(at: datetime.datetime) -> None:
    """Gives up what has not been taken for too long, and what may have been taken already."""
    old = Q(put_at__lt=at - _LETTERS_KEPT, reference="") | Q(put_at__lt=at - _REFERENCED_KEPT) | Q(good_until__lt=at)
    for end, given_up in ((FAILED, Letter.objects.filter(old)), (UNCERTAIN, Letter.objects.uncertain(at))):
        left = dict(given_up.values_list("pk", "reference"))
        if left:
            _logger.error("%d letters were given up: %s", len(left), _WHY_GIVEN_UP[end])
            Letter.objects.filter(pk__in=left).delete()
            letters_ended.send(sender=Letter, references=[ref for ref in left.values() if ref], end=end, at=at)


def _handed_over(carrier: Carrier, until: float, at: datetime.datetime) -> Iterator[bool]:
    """Of each letter that was due, whether it went out; a connection for each batch."""
    while due := list(Letter.objects.by_channel(carrier.name).due(at)[:_LETTERS_AT_ONCE]):
        with carrier.connected() as give:
            for letter in due:
                if monotonic() >= until or not _is_within_rate(carrier):
                    return
                yield _hand_over(letter, give, at)


def _is_within_rate(carrier: Carrier) -> bool:
    """Whether it takes another one this minute, by what it says it takes."""
    if not carrier.a_minute:
        return True
    minute = f"work.letters:{carrier.name}:{timezone.now():%H%M}"
    cache.add(minute, 0, 2 * _AWAY_SECONDS)
    return bool(cache.incr(minute) <= carrier.a_minute)


def _hand_over(letter: Letter, give: Give, at: datetime.datetime) -> bool:
    """Marked before: who marks it hands it over, and until its next try nobody else does."""
    rests = min(_LETTER_RESTS * 2**letter.tries, _LETTER_RESTS_AT_MOST)
    standing = Letter.objects.filter(pk=letter.pk, tries=letter.tries)
    if not standing.update(tries=letter.tries + 1, next_try_at=at + rests, handed_over_at=at):
        return False
    try:
        give(letter.address, bytes(letter.content))
    except (RefusedError, InvalidToken) as refusal:
        _take_back(letter)
        _note_refusal(letter, refusal, at)
        return False
    except AwayError:
        _take_back(letter)
        raise
    _end(letter, SENT, at)
    return True


def _note_refusal(letter: Letter, refusal: RefusedError | InvalidToken, at: datetime.datetime) -> None:
    _logger.warning("letter %d was refused (%s)", letter.pk, type(refusal.__cause__ or refusal).__name__)
    if isinstance(refusal, RefusedError) and refusal.is_of_us:
        _note(letter.channel, at, refusal.problem)
    if isinstance(refusal, NobodyThereError):
        _logger.error("letter %d was given up: there is nobody of its address", letter.pk)
        _refuse(letter.channel, letter.address, letter.reference or str(letter.pk), True, at)
        _end(letter, FAILED, at)


def _refuse(channel: str, address: str, letter: str, is_final: bool, at: datetime.datetime) -> None:
    told = {"channel": channel, "address": address, "letter": letter, "is_final": is_final, "at": at}
    address_refused.send(sender=Letter, **told)


def _take_back(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(handed_over_at=None)


def _end(letter: Letter, end: str, at: datetime.datetime) -> None:
    letter.delete()
    if letter.reference:
        letters_ended.send(sender=Letter, references=[letter.reference], end=end, at=at)
