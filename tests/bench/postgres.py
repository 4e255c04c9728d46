"""A PostgreSQL of its own, thrown away after: durable commits, otherwise as the package sets it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PORT = 54331


@dataclass(frozen=True)
class Cluster:
    """``url`` is its DATABASE_URL, on loopback."""

    folder: Path
    programs: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        self._run("initdb", "--pgdata", self._data, "--auth", "trust", "--encoding", "UTF8", "--username", "postgres")

    def start(self) -> None:
        options = f"-c port={self.port} -c unix_socket_directories= -c listen_addresses=127.0.0.1"
        log = str(self.folder / "log")
        self._run("pg_ctl", "--pgdata", self._data, "--wait", "--log", log, "--options", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "--pgdata", self._data, "--mode", "immediate", "stop")

    def crash(self) -> None:
        """Kills every process of it at once, as a power cut would."""
        lock = Path(self._data) / "postmaster.pid"
        postmaster = int(lock.read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for pid in (postmaster, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(_runs(int(pid)) for pid in (postmaster, *children)):
            time.sleep(0.05)
        lock.unlink()  # where nobody collects dead processes (some containers), it would name one that "still lives"

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _run(self, name: str, *arguments: str) -> None:
        command = [str(self.programs / name), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """Yields the DATABASE_URL of a running cluster; raises as ``throwaway_cluster`` does."""
    with throwaway_cluster() as cluster:
        yield cluster.url


@contextmanager
def throwaway_cluster(port: int = PORT) -> Iterator[Cluster]:
    """Yields a running cluster; raises SystemExit where PostgreSQL is not installed."""
    folder = Path(tempfile.mkdtemp(prefix="throwaway-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    cluster = Cluster(folder, _programs(), port)
    cluster.create()
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise SystemExit("This needs PostgreSQL's server programs (Debian: apt install postgresql).")
    return found[-1].parent if found else Path(str(on_path)).parent
