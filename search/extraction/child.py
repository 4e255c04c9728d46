"""The process that reads one file: ``python -m search.extraction.child <reader> <path> <seconds>``.

It limits itself before it opens anything, writes the text to its output and stops when there is enough.
"""

import importlib
import resource
import sys
import zipfile

from search.extraction.running import MOST_CHARACTERS

_MEMORY = 1024 * 1024 * 1024
_MOST_UNPACKED = 300 * 1024 * 1024


def main() -> int:
    reader, path, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if _unpacked_size(path) > _MOST_UNPACKED:
        return 1
    read = importlib.import_module(f"search.extraction.readers.{reader}").read
    left = MOST_CHARACTERS
    for piece in read(path):
        flat = " ".join(piece.split())
        if flat:
            sys.stdout.write(flat[:left] + "\n")
            left -= len(flat) + 1
        if left <= 0:
            break
    return 0


def _unpacked_size(path: str) -> int:
    """Of an archive, as most of these are: a small file may hold gigabytes of zeros."""
    if not zipfile.is_zipfile(path):
        return 0
    with zipfile.ZipFile(path) as archive:
        return sum(entry.file_size for entry in archive.infolist())


if __name__ == "__main__":
    sys.exit(main())
