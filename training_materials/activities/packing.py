"""An activity as an .h5p file that any H5P host imports, with the programs that play it: H5P libraries in this
repository, under the MIT licence. The same content gives the same bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from training_materials.activities.branching_scenario import BranchingScenario
from training_materials.activities.content import Activity, Score, UnreadableResponseError
from training_materials.activities.flash_cards import FlashCards
from training_materials.activities.hotspot_picture import HotspotPicture
from training_materials.activities.knowledge_check import KnowledgeCheck

# H5P dates are of no use here, and archives cannot be older.
_MOMENT = (1980, 1, 1, 0, 0, 0)
KINDS: dict[str, type[Activity]] = {
    kind.machine_name: kind for kind in (KnowledgeCheck, FlashCards, BranchingScenario, HotspotPicture)
}
FOLDER = Path(__file__).resolve().parents[1] / "static" / "training_materials" / "activities"
LANGUAGE = "vi"


def pack(activity: Activity, title: str, pictures: Mapping[str, bytes]) -> bytes:
    """``pictures`` by their path inside ``content/``."""
    files: dict[str, bytes] = {
        "h5p.json": _json(_manifest(activity.machine_name, title)),
        "content/content.json": _json(content_params(activity)),
    }
    files |= {f"content/{path}": body for path, body in pictures.items()}
    for library in needed_by(activity.machine_name):
        files |= library.files()
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, body in files.items():
            archive.writestr(_entry(name), body, ZIP_DEFLATED, 9)
    return packed.getvalue()


def content_params(activity: Activity) -> dict[str, Any]:
    """The activity's parameters with the words of its interface: the whole of content.json."""
    return activity.params() | {"words": words(activity.machine_name)}


def unpack(file: IO[bytes]) -> Activity:
    """The activity in a package of one of our kinds. Raises KeyError for another kind."""
    with ZipFile(file) as archive:
        kind = KINDS[json.loads(archive.read("h5p.json"))["mainLibrary"]]
        return kind.read(json.loads(archive.read("content/content.json")))


def score(library: str, params: Mapping[str, Any], response: str) -> Score:
    """What the response earns in the content with these parameters; ``library`` is one of ``KINDS``.

    Raises UnreadableResponseError, also for parameters that are none of that library's.
    """
    try:
        return KINDS[library].read(params).score(response)
    except (AttributeError, KeyError, TypeError) as wrong:
        raise UnreadableResponseError(library) from wrong


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


def _manifest(library: str, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "language": LANGUAGE,
        "mainLibrary": library,
        "embedTypes": ["iframe"],
        "license": "U",
        "defaultLanguage": LANGUAGE,
        "preloadedDependencies": [needed.wanted for needed in reversed(needed_by(library))],
    }


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _MOMENT)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
