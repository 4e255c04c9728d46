"""The site as it runs in that machine: its processes, and how they are killed and held up."""

import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.production.visitor import ADDRESS, session


def run(*command: str) -> str:
    """What it says; stops everything where it fails."""
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.returncode}\n{done.stdout}")
    return done.stdout


def in_the_site(code: str) -> Any:
    """What the code prints as JSON in its last line, in a shell of the site."""
    return json.loads(run("hoc-tap", "shell", "--verbosity", "0", "--command", code).strip().splitlines()[-1])


def process_of(program: str) -> int:
    """The id of a program that the supervisor keeps running; 0 while it does not run."""
    return int(subprocess.run(["supervisorctl", "pid", program], text=True, capture_output=True, check=False).stdout)


def worker_of(web: int) -> int:
    """The id of the process that answers requests; 0 while there is none."""
    try:
        children = Path(f"/proc/{web}/task/{web}/children").read_text().split()
        named = [pid for pid in children if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]
    except FileNotFoundError:
        return 0
    return int(named[0]) if named else 0


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def wait_for(what: str, happened: Callable[[], Any], seconds: float = 300) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := happened():
            return found
        time.sleep(0.1)
    raise SystemExit(f"{what}: not within {seconds} s")


def is_well() -> bool:
    """Whether everything that /healthz looks at is."""
    try:
        return session().get(f"{ADDRESS}/healthz", timeout=10).status_code == 200
    except requests.RequestException:
        return False


def answers() -> bool:
    """Whether a page comes that needs no account."""
    try:
        return session().get(f"{ADDRESS}/tai-khoan/login/", timeout=10).status_code == 200
    except requests.RequestException:
        return False


def listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@contextmanager
def visited_throughout(path: str) -> Iterator[list[str]]:
    """Somebody reads that page again and again meanwhile; gives what they saw amiss."""
    amiss: list[str] = []
    over = threading.Event()

    def read() -> None:
        while not over.wait(0.05):
            try:
                answer = session().get(ADDRESS + path, timeout=20)
                if answer.status_code != 200:
                    amiss.append(str(answer.status_code))
            except requests.RequestException as fault:
                amiss.append(type(fault).__name__)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield amiss
    finally:
        over.set()
        reader.join()


@contextmanager
def slow_clients(count: int, port: int) -> Iterator[None]:
    """So many begin to send a form, past the proxy, and never end."""
    begun = b"POST /tai-khoan/login/ HTTP/1.1\r\nHost: hoc-tap.example.vn\r\nContent-Length: 1000\r\n\r\nlogin="
    clients = [socket.create_connection(("127.0.0.1", port)) for _client in range(count)]
    for client in clients:
        client.sendall(begun)
    try:
        yield
    finally:
        for client in clients:
            client.close()
