"""The pictures that documents show: all are there, none is left over, and those of the guides a test takes."""

import re

from tests.architecture.test_tree import ROOT

_SHOWN = re.compile(r"\(\S*?pictures/([\w-]+\.\w+)\)")
_SHOT = re.compile(r"""\.shoot\("([\w-]+)"\)""")


def shown_in(*where: str) -> set[str]:
    files = [path for pattern in where for path in ROOT.glob(pattern)]
    return {name for path in files for name in _SHOWN.findall(path.read_text(encoding="utf-8"))}


def test_every_picture_is_shown_and_every_shown_one_is_there():
    assert shown_in("*.md", "docs/**/*.md") == {path.name for path in (ROOT / "docs" / "pictures").iterdir()}


def test_pictures_of_the_guides_are_taken_by_tests():
    taken = {
        f"{name}.webp"
        for path in (ROOT / "tests" / "browser").glob("*.py")
        for name in _SHOT.findall(path.read_text(encoding="utf-8"))
    }
    assert shown_in("docs/guides/*.md") == taken
