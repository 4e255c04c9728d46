"""What is measured: pages by wrk, and what learners send by as many clients as the server has workers."""

import http.client
import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.bench.server import ADDRESS, PORT, Server

SECONDS = 8
CLIENTS = 2


@dataclass(frozen=True)
class Measured:
    name: str
    per_second: float
    cpu_ms: float

    def __str__(self) -> str:
        return f"{self.name:44} {self.per_second:9.1f}/s {self.cpu_ms:8.2f} CPU ms"


def page(server: Server, name: str, path: str, cookie: str = "") -> Measured:
    """GETs of one address for some seconds, by wrk."""
    _wrk(path, cookie, seconds=1)
    before = server.cpu_seconds()
    requests, seconds = _wrk(path, cookie, SECONDS)
    return Measured(name, requests / seconds, 1000 * (server.cpu_seconds() - before) / requests)


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


def sending(server: Server, name: str, jobs: list[list[Callable[["Client"], None]]], cookies: list[str]) -> Measured:
    """Each client works off its own list of jobs; the rate is of jobs, whatever requests a job makes."""
    clients = [Client(cookie) for cookie in cookies]
    before, start = server.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        list(pool.map(lambda pair: [job(pair[0]) for job in pair[1]], zip(clients, jobs, strict=True)))
    seconds = time.perf_counter() - start
    count = sum(len(own) for own in jobs)
    return Measured(name, count / seconds, 1000 * (server.cpu_seconds() - before) / count)


class Client:
    """One learner's connection, kept open, signed in by a session cookie and a CSRF token."""

    def __init__(self, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        self.headers = {"Cookie": f"{cookie}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}

    def get(self, path: str) -> str:
        return self._request("GET", path, None, {})

    def post_json(self, path: str, body: object) -> str:
        return self._request("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def post(self, path: str) -> str:
        return self._request("POST", path, b"", {"Content-Type": "application/x-www-form-urlencoded"})

    def _request(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> str:
        self.connection.request(method, path, body, {**self.headers, **headers})
        response = self.connection.getresponse()
        text = response.read().decode()
        if response.status >= 400:
            raise SystemExit(f"{method} {path}: {response.status}\n{text[:800]}")
        return text


TOKEN = "b" * 32
