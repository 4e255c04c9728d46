"""One round by one channel: what is due is marked, given to its carrier, and ended.

What can wait goes by the handful, marked in one write and ended in another: whoever is killed in between leaves no more
than these uncertain. What is urgent goes one by one, for after a kill it goes again.
"""

import datetime
import logging
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from work.carriers import AwayError, Carrier, Give, NobodyThereError, RefusedError
from work.models import Channel, Letter
from work.signals import FAILED, SENT, address_refused, letters_ended

HANDFUL = 20
_AT_ONCE = 500
_RESTS = datetime.timedelta(minutes=3)  # doubled with each try
_RESTS_AT_MOST = datetime.timedelta(hours=1)
_MINUTE_KEPT = 120
_logger = logging.getLogger(__name__)


@dataclass
class Round:
    """``until`` by the monotonic clock; ``handed`` counts what was refused too."""

    carrier: Carrier
    until: float
    at: datetime.datetime
    handed: int = 0
    sent: int = 0

    def hand_over(self) -> None:
        """All that is due, a connection for each batch; raises AwayError."""
        by_channel = Letter.objects.by_channel(self.carrier.name)
        while due := list(by_channel.due(self.at).values_list("pk", "is_urgent")[:_AT_ONCE]):
            with self.carrier.connected() as give:
                for keys in _handfuls(due):
                    taken = keys[: self._allowed(len(keys))]
                    if not taken or not self._give_each(_marked(taken, self.at), give):
                        return

    def _allowed(self, count: int) -> int:
        """Of so many letters those that the carrier takes this minute, by what it says it takes."""
        most = self.carrier.a_minute
        if not most:
            return count
        minute = f"work.letters:{self.carrier.name}:{timezone.now():%H%M}"
        cache.add(minute, 0, _MINUTE_KEPT)
        return max(0, count - max(0, cache.incr(minute, count) - most))

    def _give_each(self, marked: Sequence[Letter], give: Give) -> bool:
        """Whether there is time for more. Those whose turn did not come are as they were."""
        waiting, sent = deque(marked), []
        try:
            while waiting and monotonic() < self.until:
                letter = waiting.popleft()
                self.handed += 1
                if self._is_given(letter, give):
                    sent.append(letter)
        finally:
            _unmark(waiting)
            _end(sent, SENT, self.at)
            self.sent += len(sent)
        return not waiting

    def _is_given(self, letter: Letter, give: Give) -> bool:
        try:
            give(letter.address, bytes(letter.content))
        except (RefusedError, InvalidToken) as refusal:
            _take_back(letter)
            _note_refusal(letter, refusal, self.at)
            return False
        except AwayError:
            _take_back(letter)
            raise
        return True


def note(channel: str, at: datetime.datetime, problem: str = "") -> Channel:
    """Of a channel: when it was tried, and what went wrong, if anything did."""
    came = {"problem": problem} if problem else {"problem": "", "worked_at": at}
    row, _is_new = Channel.objects.update_or_create(name=channel, defaults={"tried_at": at, **came})
    return row


def refuse(channel: str, address: str, letter: str, is_final: bool, at: datetime.datetime) -> None:
    told = {"channel": channel, "address": address, "letter": letter, "is_final": is_final, "at": at}
    address_refused.send(sender=Letter, **told)


def _handfuls(due: Sequence[tuple[int, bool]]) -> Iterator[list[int]]:
    """Of keys with whether they are urgent, those first."""
    yield from ([key] for key, is_urgent in due if is_urgent)
    can_wait = [key for key, is_urgent in due if not is_urgent]
    yield from (can_wait[start : start + HANDFUL] for start in range(0, len(can_wait), HANDFUL))


@transaction.atomic
def _marked(keys: Collection[int], at: datetime.datetime) -> list[Letter]:
    """Those that nobody else has marked: whoever does hands them over, and until their next try nobody else does."""
    letters = list(Letter.objects.filter(pk__in=keys).due(at).select_for_update(skip_locked=True))
    for tries in {letter.tries for letter in letters}:
        alike = Letter.objects.filter(pk__in=[letter.pk for letter in letters if letter.tries == tries])
        rests = min(_RESTS * 2**tries, _RESTS_AT_MOST)
        alike.update(tries=tries + 1, next_try_at=at + rests, handed_over_at=at)
    return letters


def _unmark(letters: Collection[Letter]) -> None:
    for letter in letters:
        Letter.objects.filter(pk=letter.pk).update(
            tries=letter.tries, next_try_at=letter.next_try_at, handed_over_at=None
        )


def _note_refusal(letter: Letter, refusal: RefusedError | InvalidToken, at: datetime.datetime) -> None:
    _logger.warning("letter %d was refused (%s)", letter.pk, type(refusal.__cause__ or refusal).__name__)
    if isinstance(refusal, RefusedError) and refusal.is_of_us:
        note(letter.channel, at, refusal.problem)
    if isinstance(refusal, NobodyThereError):
        _logger.error("letter %d was given up: there is nobody of its address", letter.pk)
        refuse(letter.channel, letter.address, letter.reference or str(letter.pk), True, at)
        _end([letter], FAILED, at)


def _take_back(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(handed_over_at=None)


@transaction.atomic
def _end(letters: Collection[Letter], end: str, at: datetime.datetime) -> None:
    if letters:
        Letter.objects.filter(pk__in=[letter.pk for letter in letters]).delete()
    if references := [letter.reference for letter in letters if letter.reference]:
        letters_ended.send(sender=Letter, references=references, end=end, at=at)
