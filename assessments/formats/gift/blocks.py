"""A GIFT file cut into its questions: blank lines part them, comments and categories stand between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_QUESTION = 50_000  # signs
_ID = re.compile(r"\[id:((?:\\.|[^\]\\])*)\]")
_TAG = re.compile(r"\[tag:((?:\\.|[^\]\\])*)\]")
_CATEGORY = "$CATEGORY:"


@dataclass(frozen=True)
class Block:
    text: str
    line: int
    category: str = ""
    code: str = ""
    tags: tuple[str, ...] = ()


def blocks(text: str) -> Iterator[Block]:
    """``text`` with plain line ends."""
    category, comments, lines, start = "", "", list[str](), 0
    for number, line in enumerate(f"{text}\n\n".split("\n"), start=1):
        stripped = line.strip()
        if stripped.startswith("//"):
            comments += stripped
        elif stripped and not stripped.upper().startswith(_CATEGORY):
            start = start if lines else number
            lines.append(line)
        else:
            if lines:
                yield _block(lines, start, category, comments)
            comments, lines = "", []
            category = stripped[len(_CATEGORY) :].strip() if stripped else category


def _block(lines: list[str], start: int, category: str, comments: str) -> Block:
    code = _ID.search(comments)
    tags = tuple(_unescaped(tag) for tag in _TAG.findall(comments))
    return Block("\n".join(lines), start, category, _unescaped(code.group(1)) if code else "", tags)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found.group(1) == "n" else found.group(1), text).strip()
