"""One learner with a browser that never gives up: changes answers, drops sockets, delivers late, hands in."""

import http.client
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
from tests.bench.server import PORT
from tests.faults.drops import Drops

Standing = dict[str, dict[int, Any]]

PATIENCE_SECONDS = 90
_TOKEN = "c" * 32
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


class UnhealedError(Exception):
    """An error that trying again did not heal."""


class Learner:
    def __init__(self, number: int, cookie: str, quiz_id: int, drops: Drops) -> None:
        self.drops = drops
        self.chance = random.Random(number)
        self.quiz_id = quiz_id
        self.headers = {"Cookie": f"{cookie}; csrftoken={_TOKEN}", "X-CSRFToken": _TOKEN}

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
        result = self._send("POST", f"/bai-kiem-tra/{attempt}/", "finish=confirmed", expected=(302,))
        self._send("GET", result[1], None, expected=(200,))

    def _start(self) -> str:
        """Pressing the button again after an error goes on with the attempt that was made."""
        _body, address = self._send("POST", f"/bai-kiem-tra/bat-dau/{self.quiz_id}/", "", expected=(302,))
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
        self._send("POST", f"/bai-kiem-tra/{attempt}/tra-loi/", self._body(delivery), expected=(200,))
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
        connection = self._connect()
        try:
            connection.request("POST", f"/bai-kiem-tra/{attempt}/tra-loi/", self._body(delivery), self._headers("json"))
        except OSError:
            return False
        finally:
            connection.close()
        return True

    def _body(self, delivery: Delivery) -> str:
        sequence = time.time_ns() // 1000 if self.is_numbered_when_sent else delivery.sequence
        return json.dumps({"position": delivery.position, "answer": delivery.answer, "sequence": sequence})

    def _send(self, method: str, path: str, body: str | None, expected: tuple[int, ...]) -> tuple[str, str]:
        """The body and where it leads, tried again until it is as expected."""
        said, until = "", time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            status, text, location = self._try(method, path, body)
            if status in expected:
                return text, location
            if 400 <= status < 500 and status != 429:
                raise UnhealedError(f"{method} {path}: {status} {text[:200]}")
            said = f"{status} {text[:200]}"
            self.log.tried_again += 1
            time.sleep(0.2 + self.chance.random() / 2)
        raise UnhealedError(f"{method} {path}: {said}")

    def _try(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        """Status 0 where nobody answered."""
        connection = self._connect()
        try:
            connection.request(method, path, body, self._headers("json" if body and body[0] == "{" else "form"))
            response = connection.getresponse()
            return response.status, response.read().decode(), response.getheader("Location", "")
        except (OSError, http.client.HTTPException) as error:
            return 0, type(error).__name__, ""
        finally:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)

    def _headers(self, form: str) -> dict[str, str]:
        kinds = {"json": "application/json", "form": "application/x-www-form-urlencoded"}
        return {**self.headers, "Content-Type": kinds[form]}


def _patiently(read: Callable[[], list[Response]]) -> list[Response]:
    for _attempt in range(300):
        try:
            return read()
        except DatabaseError:
            database.close()
            time.sleep(0.2)
    raise UnhealedError("the database did not come back")
