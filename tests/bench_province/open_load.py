"""Requests that come when they come, whether or not those before them were answered: how long each waits in all."""

import http.client
import random
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.bench.server import PORT

WAITING_AT_MOST = 64


@dataclass(frozen=True)
class Page:
    """``cookie`` is empty for a visitor."""

    name: str
    path: str
    cookie: str


def capacity(pages: Sequence[Page], seconds: float = 10, clients: int = 4) -> float:
    """Requests a second, the pages in turns, with so many clients who wait for each answer."""
    end = time.perf_counter() + seconds

    def worked(first: int) -> int:
        count = 0
        while time.perf_counter() < end:
            _get(pages[(first + count) % len(pages)])
            count += 1
        return count

    with ThreadPoolExecutor(clients) as pool:
        return sum(pool.map(worked, range(clients))) / seconds


def waits(pages: Sequence[Page], per_second: float, seconds: float) -> dict[str, list[float]]:
    """Milliseconds from the moment a request was due until its answer was read, by page; at random moments, so many a
    second on average."""
    chance, due = random.Random(15), 0.0
    begin, asked = time.perf_counter(), []

    def waited(moment: float, page: Page) -> tuple[str, float]:
        _get(page)
        return page.name, 1000 * (time.perf_counter() - begin - moment)

    with ThreadPoolExecutor(WAITING_AT_MOST) as pool:
        while (due := due + chance.expovariate(per_second)) < seconds:
            time.sleep(max(0, begin + due - time.perf_counter()))
            asked.append(pool.submit(waited, due, chance.choice(pages)))
    found: dict[str, list[float]] = {page.name: [] for page in pages}
    for name, taken in (one.result() for one in asked):
        found[name].append(taken)
    return found


def p95(waits_of_one: Sequence[float]) -> float:
    """Where only one was taken, that one."""
    return statistics.quantiles(waits_of_one, n=20)[-1] if len(waits_of_one) > 1 else sum(waits_of_one)


def _get(page: Page) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    try:
        connection.request("GET", page.path, headers={"Cookie": page.cookie} if page.cookie else {})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, f"{page.path}: {answer.status} {answer.headers.get('Location', '')}"
    finally:
        connection.close()
