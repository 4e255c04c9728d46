"""Own programs: what a version is never changes, since sites and other hosts keep it under its number."""

import json
from hashlib import sha256

import pytest

from training_materials.activities.packing import FOLDER, KINDS, needed_by, own_libraries, words

# What each version is. Changed a file? Raise patchVersion in its library.json, and write the new line here.
DIGESTS = {
    "LearningCitizen.Base 1.0.1": "73f387ec3f9e2cda",
    "LearningCitizen.BranchingScenario 1.0.1": "4ff637d0d4d1090e",
    "LearningCitizen.FlashCards 1.0.1": "4c73fba7c193c77b",
    "LearningCitizen.HotspotPicture 1.0.1": "e3a9afee9465ba77",
    "LearningCitizen.KnowledgeCheck 1.0.1": "02600539dcef71de",
}
each = pytest.mark.parametrize("library", own_libraries().values(), ids=own_libraries())


@each
def test_each_library_carries_its_licence(library):
    assert library.manifest["license"] == "MIT"
    assert library.files()[f"{library.folder}/LICENSE.txt"].startswith(b"MIT License")


def test_a_version_never_changes():
    found = {f"{library.folder.replace('-', ' ')}.{library.manifest['patchVersion']}": _digest(library)
             for library in own_libraries().values()}  # fmt: skip
    assert found == DIGESTS


@each
def test_files_that_a_library_names_are_there(library):
    assert {*library.scripts, *library.styles} <= set(library.files())


@pytest.mark.parametrize("name", KINDS)
def test_every_word_of_the_interface_is_translated(name):
    said = words(name)
    assert all(said.values())
    used = "".join((FOLDER / script).read_text() for script in needed_by(name)[-1].scripts)
    assert all(f'"{key}"' in used or f"`{key.removeprefix('right').removeprefix('wrong')}" in used or
               key.endswith("Answer") for key in said)  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_translation_has_the_shape_of_the_semantics(name):
    folder = FOLDER / own_libraries()[name].folder
    fields = json.loads((folder / "semantics.json").read_text())
    translated = json.loads((folder / "language" / "vi.json").read_text())["semantics"]
    assert _shape(fields) == _shape(translated)


def test_kinds_are_the_runnable_libraries():
    assert {name for name, library in own_libraries().items() if library.manifest["runnable"]} == set(KINDS)


def _shape(fields):
    return [
        ("label" in field, _shape(field.get("fields", [])), _shape([field["field"]] if "field" in field else []))
        for field in fields
    ]


def _digest(library):
    return sha256(b"".join(name.encode() + body for name, body in library.files().items())).hexdigest()[:16]
