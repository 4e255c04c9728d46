"""Plain text and CSV in UTF-8; what is not is refused when it is uploaded."""

from collections.abc import Iterator


def read(path: str) -> Iterator[str]:
    with open(path, encoding="utf-8-sig") as text:
        yield from text
