"""Starting the reader. It knows no settings and no database, and gets nothing of our environment: a file that takes
over its reader finds nothing there."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# A module of ``search.extraction.readers`` for each extension.
READERS = {
    "pdf": "pdf",
    "docx": "docx",
    "pptx": "pptx",
    "xlsx": "xlsx",
    "odt": "odt",
    "h5p": "h5p",
    "vtt": "captions",
    "srt": "captions",
    "txt": "plain",
    "csv": "plain",
}
LARGEST_FILE = 50 * 1024 * 1024
MOST_CHARACTERS = 400_000
SECONDS = 40

TOO_LARGE = "too-large"
TOO_SLOW = "too-slow"
UNREADABLE = "unreadable"
NO_TEXT = "no-text"

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Extracted:
    """``reason`` is empty where there is text; otherwise it says why there is none."""

    text: str = ""
    reason: str = ""


def is_readable(extension: str) -> bool:
    return extension.lower() in READERS


def read(path: str, extension: str, *, seconds: int = SECONDS) -> Extracted:
    """The text of the file at that path, at most ``MOST_CHARACTERS`` of it."""
    if os.path.getsize(path) > LARGEST_FILE:
        return Extracted(reason=TOO_LARGE)
    command = [sys.executable, "-m", "search.extraction.child", READERS[extension.lower()], path, str(seconds)]
    environment = {"PATH": os.defpath, "PYTHONIOENCODING": "utf-8:replace", "PYTHONPATH": str(_ROOT)}
    try:
        ended = subprocess.run(  # noqa: S603 (our own interpreter and module; the path is an argument, not a command)
            command, capture_output=True, timeout=seconds, cwd=_ROOT, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return Extracted(reason=TOO_SLOW)
    if ended.returncode:
        return Extracted(reason=TOO_SLOW if ended.returncode < 0 else UNREADABLE)
    text = ended.stdout.decode("utf-8", errors="replace")
    return Extracted(text=text) if text.strip() else Extracted(reason=NO_TEXT)
