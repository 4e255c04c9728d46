"""What goes wrong in turn while the site answers: a process, the database, Redis, the disk, clients. (Clients drop
sockets throughout, too, and there is no mail server until all of it is over.)"""

import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path

import psycopg

from tests.faults.drops import Drops
from tests.production import site

EVERY_SECONDS = 2
MOST = 60  # enough has gone wrong; a slow machine must come to an end too
PRIVATE = Path("/var/lib/hoc-tap/private")
_PATIENCE_SECONDS = 5
_END_ONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1
"""


class Rain:
    """The faults so far, each counted when it has struck. Stops when the context ends."""

    def __init__(self, drops: Drops) -> None:
        self.drops, self.slots = drops, cycle(range(1, 5))
        self.faults: dict[str, Callable[[], bool]] = {
            "worker killed": self._kill_worker,
            "database killed": _kill_database,
            "slot killed twice": self._kill_slot_twice,
            "connection ended": _end_connection,
            "disk full": _fill_disk,
            "database restarted": lambda: bool(site.run("service", "postgresql", "restart")),
            "socket dropped": lambda: self.drops.ask(_PATIENCE_SECONDS),
            "Redis restarted": lambda: bool(site.run("service", "redis-server", "restart")),
            "four slow clients at each process": _send_slowly,
        }
        self.kinds: Counter[str] = Counter(dict.fromkeys(self.faults, 0))
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._fall)

    def __str__(self) -> str:
        return f"{self.count} faults ({', '.join(f'{kind} {count}' for kind, count in self.kinds.items())})"

    @property
    def count(self) -> int:
        return self.kinds.total()

    def is_enough(self, least: int) -> bool:
        """So many, and of each kind its part."""
        return self.count >= least and min(self.kinds.values()) >= least // len(self.kinds)

    def has_reached(self, least: int) -> Callable[[], bool]:
        """Whether it is enough, or nothing more will go wrong."""
        return lambda: self.is_enough(least) or not self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _fall(self) -> None:
        for kind, fault in cycle(self.faults.items()):
            if not self._calm() or self.count >= MOST:
                return
            self.kinds[kind] += fault()

    def _calm(self) -> bool:
        """Waits until the site answers after the fault before, however long a slow machine takes; False at the end."""
        while not self._stop.wait(EVERY_SECONDS):
            if site.answers():
                return True
        return False

    def _kill_worker(self) -> bool:
        return _killed(site.worker_of(site.process_of(f"hoc-tap-web:{next(self.slots)}")))

    def _kill_slot_twice(self) -> bool:
        """And so soon that granian gives up: the supervisor begins it anew."""
        program = f"hoc-tap-web:{next(self.slots)}"
        web = site.process_of(program)
        first = site.worker_of(web)
        if not _killed(first):
            return False
        return _killed(site.wait_for("another", lambda: (pid := site.worker_of(web)) and pid != first and pid))


def _killed(pid: int) -> bool:
    with suppress(ProcessLookupError):  # it may be going by itself
        if pid:
            os.kill(pid, signal.SIGKILL)
            return True
    return False


def _kill_database() -> bool:
    """Every process of it at once, as a power cut would."""
    folder = Path(site.run("pg_lsclusters", "--no-header").split()[5])
    lock = folder / "postmaster.pid"
    postmaster = int(lock.read_text().split()[0])
    children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for pid in (postmaster, *map(int, children)):
        _killed(pid)
    site.wait_for("the database's end", lambda: not any(site.runs(int(pid)) for pid in (postmaster, *children)))
    lock.unlink(missing_ok=True)  # where nobody collects dead processes, it would name one that "still lives"
    subprocess.run(["service", "postgresql", "start"], check=False, capture_output=True)
    return True


def _end_connection() -> bool:
    with psycopg.connect("dbname=hoc-tap host=/run/postgresql", autocommit=True) as connection:
        return connection.execute(_END_ONE).fetchone() == (True,)


def _fill_disk() -> bool:
    """To the last byte, for as long as somebody uploads."""
    filler = PRIVATE / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(64 * 1024))
    time.sleep(EVERY_SECONDS)
    filler.unlink()
    return True


def _send_slowly() -> bool:
    reached = False
    for port in (8001, 8002, 8003, 8004):
        with suppress(OSError), site.slow_clients(4, port):  # it may be starting
            reached = True
            time.sleep(EVERY_SECONDS / 4)
    return reached


@contextmanager
def raining(drops: Drops) -> Iterator[Rain]:
    rain = Rain(drops)
    rain.start()
    try:
        yield rain
    finally:
        rain.stop()
