import json
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.training_materials.activities.samples import ALL, CHECK
from training_materials.activities.content import UnreadableResponseError
from training_materials.activities.packing import content_params, pack, score, unpack
from training_materials.packages.gate import read_package

ROOT = Path(__file__).resolve().parents[3]
PICTURES = {"images/giay.png": b"\x89PNG\r\n\x1a\n" + b"0" * 64}
each = pytest.mark.parametrize("activity", ALL.values(), ids=ALL)


@each
def test_what_is_packed_is_read_back_the_same(activity):
    assert unpack(BytesIO(pack(activity, "Thử", PICTURES))) == activity


@each
def test_same_content_gives_same_bytes(activity):
    assert pack(activity, "Thử", PICTURES) == pack(activity, "Thử", PICTURES)


def test_package_brings_its_libraries_and_says_so():
    with ZipFile(BytesIO(pack(CHECK, "Thử & sai", PICTURES))) as archive:
        manifest = json.loads(archive.read("h5p.json"))
        needed = [need["machineName"] for need in manifest["preloadedDependencies"]]
        assert manifest["title"] == "Thử & sai"
        assert needed == ["LearningCitizen.KnowledgeCheck", "LearningCitizen.Base"]
        assert all(f"{name}-1.0/library.json" in archive.namelist() for name in needed)
        assert "content/images/giay.png" in archive.namelist()


@each
def test_package_is_small(activity):
    assert len(pack(activity, "Thử", {})) < 20_000


@each
def test_parameters_are_those_that_the_semantics_name(activity):
    folder = ROOT / "training_materials/static/training_materials/activities" / f"{activity.machine_name}-1.0"
    fields = json.loads((folder / "semantics.json").read_text())
    assert _strangers(content_params(activity), {"type": "group", "fields": fields}) == []


def test_scores_by_the_name_of_the_library():
    assert score(CHECK.machine_name, content_params(CHECK), "0[.]0").raw == 1


def test_parameters_of_another_library_cannot_be_scored():
    with pytest.raises(UnreadableResponseError):
        score(CHECK.machine_name, {"questions": [["no"]]}, "0[.]0")


@each
def test_another_host_imports_the_file_and_what_it_exports_is_the_same_here(activity, tmp_path):
    """Lumi's H5P server, an implementation apart from ours, installs the libraries and takes the content."""
    file = tmp_path / "activity.h5p"
    file.write_bytes(pack(activity, "Thử", PICTURES))
    node, script = shutil.which("node"), Path(__file__).with_name("import.cjs")
    said = subprocess.run([str(node), str(script), str(file), str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    assert found["metadata"]["mainLibrary"] == activity.machine_name
    assert found["installed"] == sorted(["LearningCitizen.Base", activity.machine_name])
    assert _without_new_names(found["parameters"]) == content_params(activity)
    ours, theirs = (read_package(BytesIO(path.read_bytes())) for path in (file, tmp_path / "exported.h5p"))
    assert _likenesses(theirs) == _likenesses(ours)
    assert _without_new_names(theirs.params) == content_params(activity)


def _likenesses(found):
    return {name: library.likeness for name, library in found.libraries.items()}


def _without_new_names(params):
    """Lumi gives each picture a name of its own."""
    return json.loads(re.sub(r"-[\w-]{8}\.png(#tmp)?", ".png", json.dumps(params)))


def _strangers(value, field, path=""):
    """The paths of parameters that no field of the semantics describes."""
    if field["type"] == "group":
        fields = {one["name"]: one for one in field["fields"]}
        unknown = [f"{path}.{name}" for name in value if name not in fields]
        known = [(name, inside) for name, inside in value.items() if name in fields]
        return unknown + [
            found for name, inside in known for found in _strangers(inside, fields[name], f"{path}.{name}")
        ]
    if field["type"] == "list":
        return [found for one in value for found in _strangers(one, field["field"], path)]
    return []
