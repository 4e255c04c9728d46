"""A mail server in a process of its own, that keeps of each letter its Message-ID, a line each. In earnest it stands on
another machine: it takes of this one's processors what the pages leave.
"""

import os
import signal
import sys
from pathlib import Path

from tests.work.mail_server import MailServer


class _Lines:
    def __init__(self, path: Path) -> None:
        self._file = path.open("a", buffering=1)

    def append(self, content: str) -> None:
        name = next(line for line in content.splitlines() if line.startswith("Message-ID:"))
        self._file.write(f"{name.split()[1]}\n")


if __name__ == "__main__":
    os.nice(10)
    server = MailServer(int(sys.argv[1]))
    server.taken = _Lines(Path(sys.argv[2]))
    print("listens", flush=True)
    signal.pause()
