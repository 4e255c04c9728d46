"""Serves the site and runs one task worker beside it; both stop together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from config import REPOSITORY
from config.bodies import THREADS

_STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Command(BaseCommand):
    help = "Serve the site on this machine, with one task worker; ctrl-c stops both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--with-demo", action="store_true", help="first migrate and load the demo")

    def handle(self, *args: Any, port: int, workers: int, with_demo: bool, **options: Any) -> None:
        if with_demo:
            call_command("migrate", verbosity=0, skip_checks=False)
            call_command("demo")
        self.stdout.write(f"Serving http://localhost:{port}/ (ctrl-c stops)")
        Together(_commands(port, workers), settings.SITE).run()


class Together:
    """Runs the commands until one ends or a signal asks to stop; then none of them is left, nor any child of theirs.

    Each leads a process group of its own: a program that is stopped while it starts may leave children behind, and
    they are found by it. ``patience``: seconds that one has for stopping by itself.
    """

    def __init__(self, commands: Sequence[Sequence[str]], folder: Path, *, patience: float = 30) -> None:
        self._commands, self._folder, self._patience = commands, folder, patience
        self._running: list[subprocess.Popen[bytes]] = []
        self._is_asked_to_stop = False

    def run(self) -> None:
        for number in _STOPPING:
            signal.signal(number, self._ask)
        try:
            for command in self._commands:
                if not self._is_asked_to_stop:
                    self._running.append(subprocess.Popen(command, cwd=self._folder, process_group=0))  # noqa: S603
            while not self._is_asked_to_stop and all(one.poll() is None for one in self._running):
                time.sleep(0.2)
        finally:
            self._stop()

    def _ask(self, number: int, frame: FrameType | None) -> None:
        """Notes it, no more: raised in the middle of starting, it would lose a program that has just begun."""
        self._is_asked_to_stop = True

    def _stop(self) -> None:
        for process in self._running:
            process.terminate()
        for process in self._running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(self._patience)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _commands(port: int, workers: int) -> list[list[str]]:
    """Granian waits forever for a worker that is told to stop while it starts, unless it may kill it."""
    manage = [sys.executable, str(REPOSITORY / "site" / "manage.py")]
    return [
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
         "--workers", str(workers), "--blocking-threads", str(THREADS), "--no-ws", "--respawn-failed-workers",
         "--workers-kill-timeout", "5", "--log-level", "warning",
         "config.wsgi:application"],
        [*manage, "worker"],
    ]  # fmt: skip
