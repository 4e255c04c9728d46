"""The illustrations that pages show: drawn in one hand, an ink line of even weight and flat tints.

Each is a file of this folder named by what it shows; it names no colour but tokens, so it follows light, dark and
forced colours of the page that holds it. ``emblems`` has one for each of the ten indicators, by number.
"""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def names() -> tuple[str, ...]:
    """All illustrations in the order of their names, without the emblems."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.svg")))


@cache
def emblem_numbers() -> tuple[int, ...]:
    return tuple(sorted(int(file.stem) for file in (_FOLDER / "emblems").glob("*.svg")))


@cache
def drawn(name: str) -> str:
    """The SVG of an illustration ("gate") or an emblem ("emblems/3"), read once. KeyError if nobody drew it."""
    file = _FOLDER / f"{name}.svg"
    if not file.is_file():
        raise KeyError(name)
    return file.read_text(encoding="utf-8").strip()
