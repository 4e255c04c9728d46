"""Whether two copies of a library version are one and the same.

Hosts of H5P write a library's JSON files anew when they export it (Lumi leaves out the spaces), so these are held to
what they say; every other file to its bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

_READ = ("library.json", "semantics.json")


def likeness(
    files: Mapping[str, str],
    *,
    scripts: Iterable[str],
    styles: Iterable[str],
    needs: Iterable[object],
    semantics: Any,
) -> str:
    """The same for the same: ``files`` gives the SHA-256 of each file by its path inside the library."""
    kept = sorted((path, digest) for path, digest in files.items() if path not in _READ)
    said = [kept, list(scripts), list(styles), sorted(map(str, needs)), semantics or []]
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
