"""Files in a folder of this machine."""

import os
from contextlib import suppress
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Where the disk is full, Django leaves as much of a file as went onto it."""

    def _save(self, name: str, content: Any) -> str:
        stood_before = self.exists(name)
        try:
            return super()._save(name, content)  # type: ignore[misc]
        except OSError:
            if not stood_before:
                with suppress(OSError):
                    os.remove(self.path(name))
            raise
