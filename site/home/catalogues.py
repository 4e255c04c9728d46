"""Compiles message catalogues in pure Python: a machine without GNU gettext can run the site.

Also runs by itself, before Django reads any translation: `python site/home/catalogues.py`.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_REPOSITORY = Path(__file__).resolve().parents[2]
_FOLDERS = ("site", "membership", "training_materials", "learning", "assessments", "evaluation", "search")


def compile_all(repository: Path = _REPOSITORY) -> int:
    """Compile each catalogue that is newer than its compiled form; how many there were."""
    sources = [source for folder in _FOLDERS for source in _catalogues(repository / folder)]
    return sum(_compile(source) for source in sources)


def _catalogues(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*.po") if file.parent.name == "LC_MESSAGES")


def _compile(source: Path) -> bool:
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parent.parent.name)
    with target.open("wb") as compiled:
        write_mo(compiled, catalogue)
    return True


if __name__ == "__main__":
    compile_all()
