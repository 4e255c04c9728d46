"""The catalogues of texts: where they are, what is missing in them, and how they are compiled without GNU gettext.

Needs no Django: set-up runs it by itself (`python -m home.catalogues`); with `order` it puts them in order.
"""

import re
import sys
from ast import literal_eval
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_REPOSITORY = Path(__file__).resolve().parents[2]
_SOURCES = (
    "site",
    "membership",
    "notices",
    "training_materials",
    "learning",
    "assessments",
    "evaluation",
    "movement",
    "search",
)


def catalogue_paths(root: Path = _REPOSITORY) -> Iterator[Path]:
    """Every .po file of the project, or of a copy of it."""
    for folder in _SOURCES:
        yield from sorted((root / folder).rglob("locale/**/LC_MESSAGES/*.po"))


def read_catalogue(path: Path) -> Catalog:
    """Vietnamese has one plural form: the second, empty one that xgettext writes is passed over."""
    text = re.sub(r'^msgstr\[[1-9]\] .*\n(?:".*"\n)*', "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return read_po(StringIO(text), locale="vi")


def untranslated(path: Path) -> list[str]:
    """The messages of a catalogue that are empty or only guessed (fuzzy)."""
    return [
        str(message.id)
        for message in read_catalogue(path)
        if message.id and (message.fuzzy or not _is_whole(message.string))
    ]


def put_in_order(root: Path = _REPOSITORY) -> None:
    """Put each catalogue's messages into the order of their words: code that moves then moves no line here."""
    for path in catalogue_paths(root):
        if not is_in_order(path):
            path.write_text(_in_order(path.read_text(encoding="utf-8")), encoding="utf-8")


def is_in_order(path: Path) -> bool:
    """Whether collecting texts would leave the file as it is, were there nothing new."""
    text = path.read_text(encoding="utf-8")
    return text == _in_order(text)


def compile_all(root: Path = _REPOSITORY) -> int:
    """Compile each catalogue that is newer than its compiled form; how many there were. Guesses are left out."""
    return sum(_compile(path) for path in catalogue_paths(root))


def _in_order(text: str) -> str:
    """A catalogue's text with its header, less the moment of collecting, and its messages by their words."""
    header, *messages = re.split(r"\n{2,}", text.strip())
    header = re.sub(r'^"POT-Creation-Date:.*\n', "", header, flags=re.MULTILINE)
    return "\n\n".join([header, *sorted(messages, key=_words_and_context)]) + "\n"


def _words_and_context(message: str) -> tuple[str, str]:
    return _said_after("msgid", message), _said_after("msgctxt", message)


def _said_after(keyword: str, message: str) -> str:
    found = re.search(rf'^{keyword} ((?:".*"\n?)+)', message, re.MULTILINE)
    return literal_eval(f"({found.group(1)})") if found else ""


def _compile(source: Path) -> bool:
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    with target.open("wb") as compiled:
        write_mo(compiled, read_catalogue(source))
    return True


def _is_whole(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    put_in_order() if sys.argv[1:] == ["order"] else compile_all()
