"""In which order libraries load, and their scripts and styles joined into one file each."""

import re
from collections.abc import Callable, Iterable, Mapping
from posixpath import dirname, normpath

from training_materials.packages.manifests import Wanted

_URL = re.compile(r"""url\(\s*(?P<quote>['"]?)(?P<target>[^'")]+)(?P=quote)\s*\)""")
_STAYS = ("data:", "#", "http:", "https:", "//", "/")


def load_order(roots: Iterable[Wanted], needs: Mapping[str, tuple[Wanted, ...]]) -> list[str]:
    """What each needs comes before it, depth first; editors and what is not at hand are skipped."""
    order: list[str] = []
    seen: set[str] = set()

    def visit(wanted: Wanted) -> None:
        name = str(wanted)
        if name in seen or name not in needs or name.startswith("H5PEditor."):
            return
        seen.add(name)
        for need in needs[name]:
            visit(need)
        order.append(name)

    for root in roots:
        visit(root)
    return order


def moved_styles(css: str, path: str, address_of: Callable[[str], str]) -> str:
    """A style sheet that stood at ``path`` in its library, with its links turned into addresses."""

    def moved(found: re.Match[str]) -> str:
        target = found["target"].strip()
        if target.startswith(_STAYS):
            return found[0]
        bare = re.split(r"[?#]", target)[0]
        return f'url("{address_of(normpath(f"{dirname(path)}/{bare}").lstrip("/"))}")'

    return _URL.sub(moved, css)
