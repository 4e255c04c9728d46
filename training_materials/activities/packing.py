"""An activity as an .h5p file that any H5P host imports. The same content gives the same bytes."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from training_materials.activities.branching_scenario import BranchingScenario
from training_materials.activities.content import Activity, Score, UnreadableResponseError
from training_materials.activities.flash_cards import FlashCards
from training_materials.activities.hotspot_picture import HotspotPicture
from training_materials.activities.knowledge_check import KnowledgeCheck
from training_materials.activities.libraries import LANGUAGE, needed_by, words

# H5P dates are of no use here, and archives cannot be older.
_MOMENT = (1980, 1, 1, 0, 0, 0)
KINDS: dict[str, type[KnowledgeCheck | FlashCards | BranchingScenario | HotspotPicture]] = {
    kind.machine_name: kind for kind in (KnowledgeCheck, FlashCards, BranchingScenario, HotspotPicture)
}


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
