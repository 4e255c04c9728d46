"""The programs that play our activities: H5P libraries in this repository, under the MIT licence."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "static" / "training_materials" / "activities"
LANGUAGE = "vi"


@dataclass(frozen=True)
class OwnLibrary:
    """``scripts`` and ``styles`` by their path under ``FOLDER``, in the order in which they load."""

    folder: str
    manifest: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.manifest["machineName"])

    @property
    def scripts(self) -> tuple[str, ...]:
        return tuple(f"{self.folder}/{file['path']}" for file in self.manifest.get("preloadedJs", []))

    @property
    def styles(self) -> tuple[str, ...]:
        return tuple(f"{self.folder}/{file['path']}" for file in self.manifest.get("preloadedCss", []))

    @property
    def wanted(self) -> dict[str, Any]:
        """As h5p.json names it among its dependencies."""
        return {key: self.manifest[key] for key in ("machineName", "majorVersion", "minorVersion")}

    def files(self) -> dict[str, bytes]:
        """All its files by their path in a package."""
        root = FOLDER / self.folder
        found = (path for path in sorted(root.rglob("*")) if path.is_file())
        return {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in found}


@cache
def own_libraries() -> dict[str, OwnLibrary]:
    found = [OwnLibrary(path.parent.name, json.loads(path.read_text())) for path in FOLDER.glob("*/library.json")]
    return {library.name: library for library in sorted(found, key=lambda library: library.name)}


def needed_by(name: str) -> list[OwnLibrary]:
    """The library of that machine name, after those that it needs."""
    library = own_libraries()[name]
    before = [own_libraries()[need["machineName"]] for need in library.manifest.get("preloadedDependencies", [])]
    return [*before, library]


@cache
def words(name: str) -> dict[str, str]:
    """What the interface of that library says in Vietnamese: the defaults of its translated semantics."""
    folder = FOLDER / own_libraries()[name].folder
    fields = json.loads((folder / "semantics.json").read_text())
    translated = json.loads((folder / "language" / f"{LANGUAGE}.json").read_text())["semantics"]
    place = next(at for at, field in enumerate(fields) if field["name"] == "words")
    pairs = zip(fields[place]["fields"], translated[place]["fields"], strict=True)
    return {field["name"]: said["default"] for field, said in pairs}
