"""What is measured: pages by wrk, and what learners send by as many clients as the server has workers."""

import http.client
import itertools
import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from tests.bench.learners import Learner
from tests.bench.server import ADDRESS, PORT, Server

SECONDS = 6
CLIENTS = 2
TOKEN = "b" * 32


@dataclass(frozen=True)
class Measured:
    """``cpu_ms`` is the processor time of the web server's processes for each job, ``queries`` the most it takes."""

    name: str
    per_second: float
    cpu_ms: float
    queries: int | None = None

    def __str__(self) -> str:
        counted = "" if self.queries is None else f"{self.queries:5} queries at most"
        return f"{self.name:48}{self.per_second:9.1f}/s{self.cpu_ms:9.2f} CPU ms{counted}"


def page(server: Server, name: str, path: str, cookie: str = "", seconds: int = SECONDS) -> Measured:
    """GETs of one address for some seconds, by wrk."""
    _wrk(path, cookie, seconds=1)
    before = server.cpu_seconds()
    requests, elapsed = _wrk(path, cookie, seconds)
    return Measured(name, requests / elapsed, 1000 * (server.cpu_seconds() - before) / requests)


def _wrk(path: str, cookie: str, seconds: int) -> tuple[int, float]:
    wrk = shutil.which("wrk")
    if not wrk:
        raise SystemExit("Measuring pages needs wrk (Debian: apt install wrk).")
    headers = ["--header", f"Cookie: {cookie}"] if cookie else []
    command = [wrk, "--threads", "1", "--connections", "4", "--duration", f"{seconds}s", *headers, ADDRESS + path]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output:
        raise SystemExit(f"{path} did not answer 200:\n{output}")
    found = re.search(r"(\d+) requests in ([\d.]+)s", output)
    assert found
    return int(found[1]), float(found[2])


class Sender(Protocol):
    """One learner's browser."""

    def get(self, path: str) -> None: ...

    def post_json(self, path: str, body: object) -> None: ...

    def post_form(self, path: str, body: str) -> None: ...


Job = Callable[[Sender, Learner], int]


def sending(server: Server, name: str, job: Job, learners: list[Learner], queries: int | None = None) -> Measured:
    """Each client works off its own learners; a job tells how many units it counts for. Everyone has seen a page
    since they signed in."""
    for learner in learners:
        Browser(learner.cookie).get("/hoc-tap/")
    shares = [learners[first::CLIENTS] for first in range(CLIENTS)]
    before, start = server.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        counts = pool.map(lambda share: sum(job(Browser(learner.cookie), learner) for learner in share), shares)
        count = sum(counts)
    seconds = time.perf_counter() - start
    return Measured(name, count / seconds, 1000 * (server.cpu_seconds() - before) / count, queries)


def save_one_answer(browser: Sender, learner: Learner) -> int:
    browser.post_json(_path(learner, "tra-loi/"), learner.answers[0])
    return 1


def save_answers(browser: Sender, learner: Learner) -> int:
    """Every answer as the learner gives it, five times over: counts each."""
    rounds = itertools.product(range(1, 6), learner.answers)
    for number, answer in rounds:
        browser.post_json(_path(learner, "tra-loi/"), answer | {"sequence": number})
    return 5 * len(learner.answers)


def attempt_at_once(browser: Sender, learner: Learner) -> int:
    """The page, one request with ten answers that hands in, the result."""
    browser.get(_path(learner))
    browser.post_form(_path(learner), learner.form)
    browser.get(_path(learner, "ket-qua/"))
    return 1


def attempt_answer_by_answer(browser: Sender, learner: Learner) -> int:
    """The page, ten requests with one answer each, handing in, the result."""
    browser.get(_path(learner))
    for answer in learner.answers:
        browser.post_json(_path(learner, "tra-loi/"), answer)
    browser.post_form(_path(learner), "finish=confirmed")
    browser.get(_path(learner, "ket-qua/"))
    return 1


def begin(browser: Sender, learner: Learner) -> int:
    """Pressing the button that draws the questions."""
    browser.post_form(f"/bai-kiem-tra/bat-dau/{learner.quiz}/", "")
    return 1


def finish(browser: Sender, learner: Learner) -> int:
    """Only the request that hands in, with all answers."""
    browser.post_form(_path(learner), learner.form)
    return 1


def _path(learner: Learner, ending: str = "") -> str:
    return f"/bai-kiem-tra/{learner.attempt}/{ending}"


class Browser:
    """One learner's connection, kept open, with session and CSRF token."""

    def __init__(self, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        self.headers = {"Cookie": f"{cookie}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}

    def get(self, path: str) -> None:
        self._request("GET", path, None, "text/html")

    def post_json(self, path: str, body: object) -> None:
        self._request("POST", path, json.dumps(body), "application/json")

    def post_form(self, path: str, body: str) -> None:
        self._request("POST", path, body, "application/x-www-form-urlencoded")

    def _request(self, method: str, path: str, body: str | None, content_type: str) -> None:
        self.connection.request(method, path, body, {**self.headers, "Content-Type": content_type})
        response = self.connection.getresponse()
        text = response.read().decode()
        if response.status >= 400:
            raise SystemExit(f"{method} {path}: {response.status}\n{text[:800]}")
