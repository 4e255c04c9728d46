"""One learner with a browser that never gives up: changes answers, drops sockets, delivers late, hands in."""

import itertools
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import Error as DatabaseError
from django.db import connection as database

from assessments.models import Response
from home.demo.answers import right, wrong
from tests.faults.browser import JSON, Browser, UnhealedError
from tests.faults.drops import Drops

Standing = dict[str, dict[int, Any]]

_DROPPED = 0.06  # the share of deliveries after which the client drops its socket without reading


@dataclass
class Log:
    acknowledged: int = 0
    dropped: int = 0
    tried_again: int = 0
    standing: Standing = field(default_factory=dict)
    unhealed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Delivery:
    position: int
    answer: Any
    sequence: int


class Learner:
    def __init__(self, number: int, cookie: str, quiz_id: int, drops: Drops) -> None:
        self.drops = drops
        self.chance = random.Random(number)
        self.quiz_id = quiz_id
        self.browser = Browser(cookie, self.chance)

    def study(self, attempts: int, rounds: int, until: Callable[[], bool], *, is_numbered_when_sent: bool) -> Log:
        self.log, self.is_numbered_when_sent = Log(), is_numbered_when_sent
        try:
            for number in itertools.count(1):
                self._take(rounds)
                if number >= attempts and until():
                    break
        except UnhealedError as error:
            self.log.unhealed.append(str(error))
        finally:
            database.close()
        self.log.tried_again = self.browser.tried_again
        return self.log

    def _take(self, rounds: int) -> None:
        """One attempt: every question answered and changed, then what was dropped is delivered late, then handed in."""
        attempt = self._start()
        late: list[Delivery] = []
        self.log.standing[attempt] = {}
        for delivery in self._answers(attempt, rounds):
            is_last = delivery.sequence == rounds
            if not is_last and self._drops(attempt, delivery):
                late.append(delivery)
            else:
                self._deliver(attempt, delivery)
            if is_last:
                self.log.standing[attempt][delivery.position] = delivery.answer
        for delivery in late:
            self._deliver(attempt, delivery)
        result = self.browser.send("POST", f"/bai-kiem-tra/{attempt}/", "finish=confirmed", expected=(302,))
        self.browser.send("GET", result[1], None, expected=(200,))

    def _start(self) -> str:
        """Pressing the button again after an error goes on with the attempt that was made."""
        _body, address = self.browser.send("POST", f"/bai-kiem-tra/bat-dau/{self.quiz_id}/", "", expected=(302,))
        found = re.fullmatch(r"/bai-kiem-tra/([0-9a-f-]{36})/", address)
        if not found:
            raise UnhealedError(f"starting led to {address}")
        return found[1]

    def _answers(self, attempt: str, rounds: int) -> Iterator[Delivery]:
        """Right and wrong answers in turn; the last of each question is right."""
        responses = _patiently(
            lambda: list(Response.objects.filter(attempt=attempt).select_related("version").order_by("position"))
        )
        for sequence in range(1, rounds + 1):
            give = right if (rounds - sequence) % 2 == 0 else wrong
            for response in responses:
                yield Delivery(response.position, give(response.version.parsed, response.order), sequence)

    def _deliver(self, attempt: str, delivery: Delivery) -> None:
        path, body = f"/bai-kiem-tra/{attempt}/tra-loi/", self._body(delivery)
        self.browser.send("POST", path, body, kind=JSON, expected=(200,))
        self.log.acknowledged += 1

    def _drops(self, attempt: str, delivery: Delivery) -> bool:
        """Whether it is this delivery's turn, or its chance, to be sent over a socket that is dropped unread."""
        if self.drops.take_up():
            self.drops.tell(is_sent=self._drop(attempt, delivery))
            return True
        if self.chance.random() < _DROPPED:
            self._drop(attempt, delivery)
            return True
        return False

    def _drop(self, attempt: str, delivery: Delivery) -> bool:
        """Whether it was sent. Where no worker was there it is as good as dropped."""
        self.log.dropped += 1
        return self.browser.drop(f"/bai-kiem-tra/{attempt}/tra-loi/", self._body(delivery))

    def _body(self, delivery: Delivery) -> str:
        sequence = time.time_ns() // 1000 if self.is_numbered_when_sent else delivery.sequence
        return json.dumps({"position": delivery.position, "answer": delivery.answer, "sequence": sequence})


def _patiently(read: Callable[[], list[Response]]) -> list[Response]:
    for _attempt in range(300):
        try:
            return read()
        except DatabaseError:
            database.close()
            time.sleep(0.2)
    raise UnhealedError("the database did not come back")
