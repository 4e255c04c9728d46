"""Which format a file is in, from its name and its beginning. Pure."""

import re

_XLSX, _ZIP = "xlsx", "qti3"


def guess(name: str, content: bytes) -> str | None:
    """The key of a format, or None if it looks like none."""
    extension = name.rpartition(".")[2].lower()
    if content.startswith(b"PK"):
        return _XLSX if extension == "xlsx" or b"xl/workbook.xml" in content else _ZIP
    start = content[:4000].decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    if start.lstrip("\ufeff \r\n\t").startswith("<"):
        return _of_xml(start)
    if re.search(r"^\s*ANSWER\s*:\s*[A-Z]", start, re.MULTILINE | re.IGNORECASE) and "{" not in start:
        return "aiken"
    if "{" in start or extension == "gift":
        return "gift"
    return "gift" if extension == "txt" else None


def _of_xml(start: str) -> str | None:
    if re.search(r"<quiz[\s>]", start):
        return "moodle"
    return _ZIP if re.search(r"<(?:\w+:)?(?:qti-assessment-item|assessmentItem)[\s>]", start) else None
