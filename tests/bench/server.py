"""The site under a web server with two workers, and how much processor time it used."""

import http.client
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"
COMMANDS = {
    "granian": ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT), "--workers", "2",
                "--blocking-threads", "8", "--no-ws", "--respawn-failed-workers", "--respawn-interval", "0.2",
                "--log-level", "error", "config.wsgi:application"],
    "gunicorn": ["gunicorn", "--bind", f"127.0.0.1:{PORT}", "--workers", "2", "--log-level", "error",
                 "config.wsgi:application"],
}  # fmt: skip


@dataclass
class Server:
    """A running server; ``cpu_seconds`` is what all its processes have used since they started."""

    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """The ids of the processes that answer requests."""
        return [pid for pid in _family(self.process.pid)[1:] if b"resource_tracker" not in _command_line(pid)]

    def cpu_seconds(self) -> float:
        ticks = sum(_ticks(pid) for pid in _family(self.process.pid))
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(name: str, environment: dict[str, str]) -> Iterator[Server]:
    process = subprocess.Popen([sys.executable, "-m", *COMMANDS[name]], cwd=ROOT / "site", env=environment)
    try:
        _wait_until_up()
        yield Server(process)
    finally:
        family = _family(process.pid)
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            for pid in family:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            process.wait()


def answers() -> bool:
    """Whether a worker answers what needs no database."""
    try:
        urllib.request.urlopen(f"{ADDRESS}/bare/", timeout=5).read()
    except (OSError, http.client.HTTPException):
        return False
    return True


def _wait_until_up() -> None:
    for _attempt in range(300):
        if answers():
            return
        time.sleep(0.2)
    raise SystemExit("The server did not come up.")


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid] + [member for child in children for member in _family(int(child))]


def _command_line(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
