"""The catalogues of texts: where they are, and what is missing in them. No Django needed."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from config import REPOSITORY

_SOURCES = ("site", "membership", "training_materials", "learning", "assessments", "evaluation", "search")


def catalogue_paths() -> Iterator[Path]:
    """Every .po file of the project."""
    for folder in _SOURCES:
        yield from sorted((REPOSITORY / folder).rglob("locale/**/LC_MESSAGES/*.po"))


def read_catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="vi")


def untranslated(path: Path) -> list[str]:
    """The messages of a catalogue that are empty or only guessed (fuzzy)."""
    return [
        str(message.id)
        for message in read_catalogue(path)
        if message.id and (message.fuzzy or not _is_whole(message.string))
    ]


def _is_whole(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)
