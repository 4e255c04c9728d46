"""Packages in the shapes in which other hosts export them. No export of a host was at hand but Lumi's own exporter,
which tests/training_materials/activities/test_packing.py runs; these are made to what each is known to write.
"""

import io
import json
import unicodedata
import zipfile

import pytest
from django.utils import timezone

from membership.models import User
from tests.factories.packages import PARAMS, PNG, content, let_in, library, packed, wanted
from training_materials import actions
from training_materials.models import Library, PackageUpload
from training_materials.packages.gate import read_package

State = PackageUpload.State
FOLDER = "H5P.MultiChoice-1.16"


@pytest.fixture
def administrator(standing, private_files) -> User:
    return User.objects.create_superuser("quantri", password="x")


def said(**more):
    return json.loads(content()["h5p.json"]) | more


def described(**more):
    return json.loads(library()[f"{FOLDER}/library.json"]) | more


def directories(*names):
    """With entries of their own for folders, as PHP's ZipArchive and archivers write them."""
    file = packed(content(), library(), {"content/images/A.PNG": PNG})
    with zipfile.ZipFile(file, "a") as archive:
        for name in names:
            archive.mkdir(name)
    return file


# h5p.com and WordPress: authors, licence and changes beside what a player reads, null where there is nothing.
FIELDS = said(authors=[{"name": "Bình", "role": "Author"}], changes=[], license="CC BY", licenseVersion="4.0",
              source=None, defaultLanguage="vi", extraTitle="Danh hiệu", a11yTitle=None, yearFrom=2024,
              dynamicDependencies=[wanted("H5P.MathDisplay 1.0")],
              editorDependencies=[wanted("H5PEditor.VerticalTabs 1.3")])  # fmt: skip

SHAPES = {
    "many_fields": packed(content() | {"h5p.json": json.dumps(FIELDS)}, library()),
    "byte_order_marks": packed(
        {name: "﻿" + str(text) for name, text in content().items()},
        library() | {f"{FOLDER}/library.json": "﻿" + json.dumps(described())},
    ),
    "folders_and_upper_case": directories("content/", "content/images/", f"{FOLDER}/"),
    "folder_with_patch": packed(
        content(), {name.replace(FOLDER, f"{FOLDER}.4"): text for name, text in library().items()}
    ),
    "litter_of_a_mac": packed(
        {"__MACOSX/._h5p.json": "x", "__MACOSX/content/._content.json": "x", ".DS_Store": "x"}, content(), library()
    ),
    "editor_files": packed(
        content(), library(), {f"{FOLDER}/{name}": "{}" for name in ("language/vi.json", "presave.js", "LICENSE")},
        {"H5PEditor.VerticalTabs-1.3/library.json": json.dumps(described(
            machineName="H5PEditor.VerticalTabs", majorVersion=1, minorVersion=3, preloadedDependencies=[])),
         "H5PEditor.VerticalTabs-1.3/play.js": "1", "H5PEditor.VerticalTabs-1.3/play.css": "a{}"},
    ),
    # As a WordPress host exported a content that stands in a public repository: versions as texts, "und", old players.
    "flash_and_tools": packed(
        content() | {"h5p.json": json.dumps(said(language="und", license="U", preloadedDependencies=[
            wanted("H5P.MultiChoice 1.16") | {"majorVersion": "1", "minorVersion": "16"}]))},
        library() | {f"{FOLDER}/library.json": json.dumps(described(preloadedDependencies=None))},
        {f"{FOLDER}/{name}": "x" for name in ("flowplayer.swf", ".gitignore", ".h5pignore", "Thumbs.db")},
        {"content/images/desktop.ini": "x"},
    ),
    "versions_as_text": packed(content(), library() | {f"{FOLDER}/library.json": json.dumps(
        described(majorVersion="1", minorVersion="16", patchVersion="4", runnable="1"))}),
    "paths_from_here": packed(content(), library() | {f"{FOLDER}/library.json": json.dumps(
        described(preloadedJs=[{"path": "./play.js"}], preloadedCss=[{"path": " play.css"}]))}),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_it_is_let_in_and_plays_what_it_says(shape, standing, administrator):
    version = let_in(SHAPES[shape], by=standing.binh, administrator=administrator)
    assert version.main.name == "H5P.MultiChoice 1.16"
    assert version.params["answers"][0]["correct"] is True


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_picture_with_an_accent_in_its_name_is_found_however_the_name_was_written(standing, administrator, form):
    """A Mac's archiver writes UTF-8 without saying so, with accents as letters of their own."""
    said_name, packed_name = "images/ảnh.png", unicodedata.normalize(form, "content/images/ảnh.png").encode()
    stand_in = "content/images/" + "x" * (len(packed_name) - len("content/images/.png")) + ".png"
    file = packed(content(PARAMS | {"picture": {"path": said_name, "mime": "image/png"}}), library(), {stand_in: PNG})
    raw = file.getvalue().replace(stand_in.encode(), packed_name)
    version = let_in(io.BytesIO(raw), by=standing.binh, administrator=administrator)
    assert version.params["picture"]["path"] == said_name
    assert list(version.media) == [said_name]


def test_a_title_that_its_host_wrote_for_a_web_page_reads_as_it_was_meant(standing, administrator):
    version = let_in(packed(content(title="Hỏi &amp; đáp"), library()), by=standing.binh, administrator=administrator)
    assert version.title == "Hỏi & đáp"


def test_without_libraries_as_h5p_org_leaves_them_out_it_plays_where_they_are_and_else_names_them(
    standing, administrator
):
    first = _upload(packed(content()), standing.binh)
    assert (first.state, first.report["missing"]) == (State.INCOMPLETE, ["H5P.MultiChoice 1.16"])
    let_in(packed(content(), library()), by=standing.binh, administrator=administrator)
    assert _upload(packed(content()), standing.binh).state == State.ACCEPTED


def test_a_library_whose_descriptions_another_host_wrote_anew_is_the_same(standing, administrator):
    let_in(packed(content(), library()), by=standing.binh, administrator=administrator)
    anew = {f"{FOLDER}/library.json": json.dumps(described(), indent=3, sort_keys=True),
            f"{FOLDER}/semantics.json": json.dumps(read_package(packed(content(), library())).libraries[
                "H5P.MultiChoice 1.16"].semantics, indent=1)}  # fmt: skip
    assert _upload(packed(content(), library() | anew), standing.binh).state == State.ACCEPTED
    assert Library.objects.count() == 1


@pytest.mark.parametrize(
    "changed",
    [{f"{FOLDER}/play.js": "evil()"}, {f"{FOLDER}/semantics.json": "[]"}, {f"{FOLDER}/more.js": "evil()"},
     {f"{FOLDER}/library.json": json.dumps(described(preloadedJs=[]))}],
    ids=["script", "semantics", "more", "order"],
)  # fmt: skip
def test_a_library_that_says_or_does_something_else_is_refused(standing, administrator, changed):
    let_in(packed(content(), library()), by=standing.binh, administrator=administrator)
    assert _upload(packed(content(PARAMS), library() | changed), standing.binh).state == State.REFUSED


def _upload(file, by):
    size = len(file.getvalue())
    upload = actions.upload_package(name="a.h5p", content=file, size=size, package=None, by=by, at=timezone.now())
    return actions.read_upload(upload=upload, at=timezone.now())
