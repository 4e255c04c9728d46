"""H5P: the title and every text of ``content.json`` that a learner reads, without markup."""

import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Any

_MARKUP = re.compile(r"<[^>]+>")
# Values under these keys are names of files, libraries and licences.
_NOT_READ = frozenset(
    {"library", "path", "mime", "subContentId", "license", "licenseVersion", "contentType", "copyright", "metadata",
     "l10n", "UI", "behaviour", "a11y", "defaultLanguage", "language"}
)  # fmt: skip


def read(path: str) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        yield str(json.loads(package.read("h5p.json")).get("title", ""))
        yield from _texts(json.loads(package.read("content/content.json")))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield unescape(_MARKUP.sub(" ", value))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in _NOT_READ:
                yield from _texts(item)
