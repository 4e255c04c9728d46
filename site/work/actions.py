"""Writes of the scheduler: a slot is claimed, ends, and is forgotten; of the queue: taken up again, forgotten; and of
the outbox: a letter is put in, handed over, and gone.
"""

import datetime
import logging
import smtplib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from work import letters, mail_faults
from work.models import Channel, Letter, Slot
from work.recurring import Recurring
from work.signals import FAILED, SENT, UNCERTAIN, letters_ended

_KEPT_OF_EACH = 200
_RESULTS_KEPT = datetime.timedelta(days=14)
_TRIES, _TRIED_FOR = 5, datetime.timedelta(hours=1)
_FELL_WITH = ("django.db.utils.OperationalError", "django.db.utils.InterfaceError")
MAIL_IS_AWAY = "work.mail-is-away"  # a mark in the cache
_AWAY_SECONDS = 60
_LETTERS_AT_ONCE = 500
_BATCH_SECONDS = 120.0  # less than a letter rests: what is being handed over is not due again meanwhile
_LETTERS_KEPT = datetime.timedelta(days=3)  # as long as a link of theirs is good
_REFERENCED_KEPT = datetime.timedelta(days=14)
_WHY_GIVEN_UP = {
    FAILED: "for days the mail server did not take them",
    UNCERTAIN: "the mail server may have them; whoever handed them over died",
}
_LETTER_RESTS = datetime.timedelta(minutes=3)  # doubled with each try
_LETTER_RESTS_AT_MOST = datetime.timedelta(hours=1)
# Of one letter: by the mail server, or by what writes it, as of an address that is none.
_REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    InvalidToken,
    ValueError,
)
_NOBODY_THERE = {550, 551, 553}
_NOT_FROM_US = b"5.7."  # what a server says whose settings, or ours, are wrong: it may be mended
_logger = logging.getLogger(__name__)


def claim(*, recurring: Recurring, latest: Slot | None, runner: str, at: datetime.datetime) -> Slot | None:
    """The slot that is due, for this runner alone; None where nothing is due, or somebody else has it.

    What recurs daily or weekly and never ran waits for its next slot, as in a crontab that was just written.
    """
    begins_at = recurring.rhythm.slot(at)
    if latest is None:
        slot = _take(recurring.name, begins_at, runner, at)
        if slot is None or recurring.rhythm.period < datetime.timedelta(days=1):
            return slot
        finish(slot=slot, outcome="first seen: runs from the next time on", at=at)
    elif latest.finished_at is None:
        return _inherit(recurring, latest, begins_at, runner, at)
    elif latest.begins_at < begins_at:
        return _take(recurring.name, begins_at, runner, at)
    return None


def claim_now(*, recurring: Recurring, runner: str, at: datetime.datetime) -> Slot:
    """The slot of this moment, whether or not it ran already: somebody asks for it by name."""
    begun = {"runner": runner, "started_at": at, "finished_at": None, "is_done": False, "outcome": ""}
    slot, _is_new = Slot.objects.update_or_create(
        name=recurring.name, begins_at=recurring.rhythm.slot(at), defaults=begun
    )
    return slot


def finish(*, slot: Slot, outcome: str, at: datetime.datetime, is_done: bool = True) -> None:
    """Notes how the run ended, and forgets the oldest ones of its name."""
    Slot.objects.filter(pk=slot.pk, runner=slot.runner).update(finished_at=at, is_done=is_done, outcome=outcome[:300])
    of_name = Slot.objects.filter(name=slot.name).order_by("-begins_at")
    for oldest in of_name.values_list("begins_at", flat=True)[_KEPT_OF_EACH : _KEPT_OF_EACH + 1]:
        of_name.filter(begins_at__lte=oldest).delete()


def release(*, runner: str) -> None:
    """A runner that stops leaves what it has begun to the others."""
    Slot.objects.filter(runner=runner, finished_at=None).delete()


def forget_results(*, at: datetime.datetime) -> int:
    """Of tasks that ended more than two weeks ago."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=at - _RESULTS_KEPT).delete()[0]


def take_up_again(*, is_left_by: Callable[[str], bool], at: datetime.datetime) -> int:
    """Tasks whose worker has left them, and those that fell with the database, wait anew; each may run twice.

    One that fell time and again, and perhaps brought its workers down, stays failed for somebody to look at.
    """
    left = [task for task in DBTaskResult.objects.running() if is_left_by(task.worker_ids[-1])]
    fell = DBTaskResult.objects.failed().filter(finished_at__gt=at - _TRIED_FOR, exception_class_path__in=_FELL_WITH)
    again = 0
    for task in [*left, *fell]:
        as_read = DBTaskResult.objects.filter(pk=task.pk, status=task.status, worker_ids=task.worker_ids)
        if len(task.worker_ids) < _TRIES:
            again += as_read.update(status=TaskResultStatus.READY)
        else:
            as_read.running().update(status=TaskResultStatus.FAILED, finished_at=at)
    return again


@dataclass(frozen=True)
class PutLetter:
    """``reference`` is by which whoever puts it in hears how it ended; what is not urgent is not sent twice either."""

    message: EmailMessage
    address: str
    reference: str = ""
    is_urgent: bool = True


def put_letter(*, message: EmailMessage, address: str, at: datetime.datetime) -> None:
    """It goes to that address once this transaction is committed and a mail server takes it."""
    put_letters(put=[PutLetter(message, address)], at=at)


def put_letters(*, put: Iterable[PutLetter], at: datetime.datetime) -> None:
    rows = [
        Letter(
            address=letter.address,
            content=letters.sealed(letter.message, letter.address),
            reference=letter.reference,
            is_urgent=letter.is_urgent,
            put_at=at,
            next_try_at=at,
        )
        for letter in put
    ]
    Letter.objects.bulk_create(rows, batch_size=_LETTERS_AT_ONCE)


def deliver_letters(*, at: datetime.datetime) -> str:
    """Hands over what is due; says what went out and what waits. While the mail server is away, it waits.

    After a kill in between, one letter may have gone out: an urgent one goes out a second time, under the same
    Message-ID, of another it is told. None is lost.
    """
    _settle_letters(at)
    sent = handed = 0
    try:
        for is_sent in _handed_over(at):
            handed, sent = handed + 1, sent + is_sent
        if handed:
            cache.delete(MAIL_IS_AWAY)
        if sent:
            _note_mail(at)
    except OSError as fault:  # an SMTPException is one
        cache.set(MAIL_IS_AWAY, True, _AWAY_SECONDS)
        _note_mail(at, fault)
        _logger.warning("the mail server is away (%s)", type(fault).__name__)
    return f"{sent} letters sent, {Letter.objects.count()} wait"


def is_mail_away() -> bool:
    """Whether the mail server was away when a letter was tried last, less than a minute ago."""
    return bool(cache.get(MAIL_IS_AWAY))


def try_mail(*, message: EmailMessage, at: datetime.datetime) -> Channel:
    """Hands the letter over at once, past the outbox, and keeps what came of it."""
    try:
        with get_connection(settings.DELIVERY_BACKEND) as connection:
            connection.send_messages([message])
    except (OSError, ValueError) as fault:
        return _note_mail(at, fault)
    return _note_mail(at)


def forget_letters(*, addresses: Collection[str]) -> None:
    """What waits for them is not sent any more."""
    Letter.objects.filter(address__in=addresses).delete()


def _note_mail(at: datetime.datetime, fault: Exception | None = None) -> Channel:
    if fault is None:
        came: dict[str, Any] = {"worked_at": at, "problem": ""}
    else:
        came = {"problem": mail_faults.told(fault, f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}")}
    channel, _is_new = Channel.objects.update_or_create(name=Channel.MAIL, defaults={"tried_at": at, **came})
    return channel


def _settle_letters(at: datetime.datetime) -> None:
    """Gives up what the mail server has not taken for too long, and what it may have already."""
    old = Q(put_at__lt=at - _LETTERS_KEPT, reference="") | Q(put_at__lt=at - _REFERENCED_KEPT)
    for end, given_up in ((FAILED, Letter.objects.filter(old)), (UNCERTAIN, Letter.objects.uncertain(at))):
        left = dict(given_up.values_list("pk", "reference"))
        if left:
            _logger.error("%d letters were given up: %s", len(left), _WHY_GIVEN_UP[end])
            Letter.objects.filter(pk__in=left).delete()
            letters_ended.send(sender=Letter, references=[ref for ref in left.values() if ref], end=end, at=at)


def _handed_over(at: datetime.datetime) -> Iterator[bool]:
    """Of each letter that was due, whether it went out; a connection for each batch."""
    until = monotonic() + _BATCH_SECONDS
    while due := list(Letter.objects.due(at)[:_LETTERS_AT_ONCE]):
        with get_connection(settings.DELIVERY_BACKEND) as connection:
            for letter in due:
                if monotonic() >= until or not _is_within_rate():
                    return
                yield _hand_over(letter, connection, at)


def _is_within_rate() -> bool:
    """Whether the mail server takes another one this minute, by what it says it takes."""
    if not settings.EMAIL_LETTERS_A_MINUTE:
        return True
    minute = f"work.letters:{timezone.now():%H%M}"
    cache.add(minute, 0, 2 * _AWAY_SECONDS)
    return bool(cache.incr(minute) <= settings.EMAIL_LETTERS_A_MINUTE)


def _hand_over(letter: Letter, connection: BaseEmailBackend, at: datetime.datetime) -> bool:
    """Marked before: who marks it hands it over, and until its next try nobody else does."""
    rests = min(_LETTER_RESTS * 2**letter.tries, _LETTER_RESTS_AT_MOST)
    standing = Letter.objects.filter(pk=letter.pk, tries=letter.tries)
    if not standing.update(tries=letter.tries + 1, next_try_at=at + rests, handed_over_at=at):
        return False
    try:
        connection.send_messages([letters.opened(bytes(letter.content))])
    except _REFUSALS as refusal:
        _logger.warning("letter %d was refused (%s)", letter.pk, type(refusal).__name__)
        _take_back(letter)
        if _is_of_us(refusal):
            _note_mail(at, refusal)
        if isinstance(refusal, smtplib.SMTPRecipientsRefused) and _is_final(refusal):
            _logger.error("letter %d was given up: there is nobody of its address", letter.pk)
            _end(letter, FAILED, at)
        return False
    except OSError:
        _take_back(letter)
        raise
    _end(letter, SENT, at)
    return True


def _take_back(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(handed_over_at=None)


def _end(letter: Letter, end: str, at: datetime.datetime) -> None:
    letter.delete()
    if letter.reference:
        letters_ended.send(sender=Letter, references=[letter.reference], end=end, at=at)


def _is_of_us(refusal: Exception) -> bool:
    """Whether it is the site that is refused, and not this one letter."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return all(_NOT_FROM_US in reply for _code, reply in refusal.recipients.values())
    return isinstance(refusal, smtplib.SMTPSenderRefused)


def _is_final(refusal: smtplib.SMTPRecipientsRefused) -> bool:
    """Whether there is nobody of that address, and never will be."""
    told = refusal.recipients.values()
    return all(code in _NOBODY_THERE and _NOT_FROM_US not in reply for code, reply in told)


def _take(name: str, begins_at: datetime.datetime, runner: str, at: datetime.datetime) -> Slot | None:
    try:
        with transaction.atomic():
            return Slot.objects.create(name=name, begins_at=begins_at, runner=runner, started_at=at)
    except IntegrityError:
        return None


def _inherit(
    recurring: Recurring, latest: Slot, begins_at: datetime.datetime, runner: str, at: datetime.datetime
) -> Slot | None:
    """What somebody has begun is theirs as long as they may be alive; after that one of the others takes it over."""
    if at - latest.started_at < recurring.rhythm.patience:
        return None
    standing = Slot.objects.filter(pk=latest.pk, finished_at=None, started_at=latest.started_at)
    if latest.begins_at < begins_at:
        standing.update(finished_at=at, outcome="its runner died")
        return _take(recurring.name, begins_at, runner, at)
    return Slot.objects.get(pk=latest.pk) if standing.update(runner=runner, started_at=at) else None
