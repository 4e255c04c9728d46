"""What goes wrong in turn, every two seconds while the site answers: a worker and the database are killed, a
connection is ended, a client drops its socket after sending. (Clients drop some throughout, too.)"""

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import cycle

import psycopg

from tests.bench.postgres import Cluster
from tests.bench.server import Server, answers
from tests.faults.drops import Drops

EVERY_SECONDS = 2
MOST = 45  # enough has gone wrong; a slow machine must come to an end too
_PATIENCE_SECONDS = 5
_END_ONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1
"""


class Rain:
    """The faults so far, each counted when it has struck. Stops when the context ends."""

    def __init__(self, cluster: Cluster, server: Server, drops: Drops) -> None:
        self.cluster, self.server, self.drops = cluster, server, drops
        self.faults = {
            "worker killed": self._kill_worker,
            "database killed": self._kill_database,
            "connection ended": self._end_connection,
            "socket dropped": self._drop_socket,
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
            if answers():
                return True
        return False

    def _kill_worker(self) -> bool:
        """The one that has run longest: granian gives up on a worker that dies twice within seconds."""
        with suppress(FileNotFoundError, ProcessLookupError):  # it may be going by itself
            for pid in self.server.workers()[:1]:
                os.kill(pid, signal.SIGKILL)
                return True
        return False

    def _kill_database(self) -> bool:
        self.cluster.crash()
        self.cluster.start()
        return True

    def _end_connection(self) -> bool:
        with psycopg.connect(self.cluster.url, autocommit=True) as connection:
            return connection.execute(_END_ONE).fetchone() == (True,)

    def _drop_socket(self) -> bool:
        return self.drops.ask(_PATIENCE_SECONDS)


@contextmanager
def raining(cluster: Cluster, server: Server, drops: Drops) -> Iterator[Rain]:
    rain = Rain(cluster, server, drops)
    rain.start()
    try:
        yield rain
    finally:
        rain.stop()
