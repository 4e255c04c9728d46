"""Captions (WebVTT, SubRip): what is said, without times, numbers and notes."""

import re
from collections.abc import Iterator

_NOT_SAID = re.compile(r"^(WEBVTT.*|NOTE.*|STYLE.*|\d+|.*-->.*)$")
_MARKUP = re.compile(r"<[^>]+>")


def read(path: str) -> Iterator[str]:
    with open(path, encoding="utf-8-sig") as captions:
        for line in captions:
            if not _NOT_SAID.match(line.strip()):
                yield _MARKUP.sub("", line)
