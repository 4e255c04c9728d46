"""Several programs that run and stop together."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

_STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


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
