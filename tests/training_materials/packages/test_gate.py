"""Hostile and damaged archives, and what the gate says of good ones."""

import io
import json
import stat
import struct
import time
import tracemalloc
import zipfile

import pytest
from django.utils import translation

from tests.factories.packages import PARAMS, PNG, content, crowd, library, package, packed
from training_materials.packages.archive import MOST_FILES, Archive
from training_materials.packages.gate import missing_libraries, read_package
from training_materials.packages.refusal import PackageRefusedError


def refused(file: io.BytesIO) -> str:
    with pytest.raises(PackageRefusedError) as caught:
        read_package(file)
    return str(caught.value)


def test_a_good_package_says_what_is_in_it():
    found = read_package(packed(content(), library(), {"content/images/a.png": PNG}))
    assert found.manifest.title == "Danh hiệu"
    assert list(found.libraries) == ["H5P.MultiChoice 1.16"]
    assert list(found.media) == ["images/a.png"]
    assert found.params == PARAMS


def test_progress_is_told_up_to_the_whole():
    told = []
    read_package(package(), lambda done, total: told.append((done, total)))
    assert told
    assert all(done <= total for done, total in told)


@pytest.mark.parametrize(
    "name",
    ["../evil.js", "/etc/passwd", "content/../../x.json", "content\\x.json", "content/.htaccess", "C:x.json",
     "content//x.json", "content/a\x07.json", "content/x.json ", "content/x.", "content/a‮gnp.json"],
)  # fmt: skip
def test_forbidden_names_are_refused(name):
    assert refused(packed(content(), library(), {name: "{}"}))


def test_a_name_with_a_zero_byte_is_refused():
    file = packed(content(), library(), {"content/aX.json": "{}"})
    assert refused(io.BytesIO(file.getvalue().replace(b"content/aX.json", b"content/a\0.json")))


def test_names_that_differ_by_case_alone_are_refused():
    assert refused(packed(content(), library(), {"content/a.json": "{}", "content/A.json": "{}"}))


def test_names_that_differ_by_composition_alone_are_refused():
    assert refused(packed(content(), library(), {"content/\u00e0.json": "{}", "content/a\u0300.json": "{}"}))


@pytest.mark.parametrize("names", [["a.json", "a.json/b.json"], ["A.json/b.json", "a.json"]])
def test_a_file_that_is_also_a_folder_is_refused(names):
    assert refused(packed(content(), library(), {f"content/{name}": "{}" for name in names}))


def test_a_folder_may_have_an_entry_of_its_own():
    assert read_package(packed(content(), {"content/images/": ""}, library(), {"content/images/a.png": PNG}))


def test_a_name_that_no_file_system_takes_is_refused_with_words_that_help():
    assert "ấ" in refused(packed(content(), library(), {f"content/{'ấ' * 83}.json": "{}"}))
    assert read_package(packed(content(), library(), {f"content/{'ấ' * 81}.json": "{}"}))


def test_a_symbolic_link_is_refused():
    file = package()
    with zipfile.ZipFile(file, "a") as archive:
        link = zipfile.ZipInfo("content/link.json")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert refused(file)


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.zip", "a.js", "a.h5p", "a.php", "a.docx", "a", "a.png.exe"])
def test_content_holds_data_and_media_only(name):
    assert refused(packed(content(), library(), {f"content/{name}": "x"}))


@pytest.mark.parametrize("name", ["a.html", "a.zip", "a.exe", "a.php", "a.jar"])
def test_libraries_hold_no_pages_and_no_archives(name):
    assert refused(packed(content(), library(), {f"H5P.MultiChoice-1.16/{name}": "x"}))


def test_what_only_authors_need_is_left_out_of_a_library():
    names = ("README.md", "language/vi.json", "scripts/flowplayer.swf")
    found = read_package(packed(content(), library(), {f"H5P.MultiChoice-1.16/{name}": "{}" for name in names}))
    assert len(found.left_out) == len(names)
    assert found.libraries["H5P.MultiChoice 1.16"].sha256 == read_package(package()).libraries[
        "H5P.MultiChoice 1.16"].sha256  # fmt: skip


@pytest.mark.parametrize(
    ("name", "head"),
    [("a.png", b"GIF89a"), ("a.jpg", b"<svg onload=alert(1)>"), ("a.mp3", b"PK\3\4"), ("a.mp4", b"<html>"),
     ("a.json", b"PK\3\4"), ("a.txt", b"MZ\x90"), ("a.vtt", b"a\0b")],
)  # fmt: skip
def test_a_file_must_be_what_its_name_says(name, head):
    assert refused(packed(content(), library(), {f"content/{name}": head + b"x" * 50}))


def test_a_bomb_of_a_gigabyte_is_refused_at_once_and_in_little_memory():
    file = bomb()
    assert len(file.getvalue()) < 1.2 * 1024 * 1024
    tracemalloc.start()
    began = time.thread_time()
    assert refused(file)
    took, (_now, peak) = time.thread_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 1
    assert peak < 200 * 1024 * 1024


def bomb() -> io.BytesIO:
    buffer = io.BytesIO()
    piece = b"\0" * (16 * 1024 * 1024)
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("content/content.json", "w") as inside,
    ):
        for _time in range(64):
            inside.write(piece)
    buffer.seek(0)
    return buffer


def test_a_bomb_that_lies_about_its_size_is_refused():
    file = packed(content(), library(), {"content/big.txt": b" " * 3_000_000})
    raw = file.getvalue().replace(struct.pack("<L", 3_000_000), struct.pack("<L", 60_000))
    assert refused(io.BytesIO(raw))


def test_a_size_that_promises_more_than_comes_is_refused():
    file = packed(content(), library(), {"content/small.txt": b"abcdefghij" * 7})
    raw = file.getvalue().replace(struct.pack("<L", 70), struct.pack("<L", 71))
    assert refused(io.BytesIO(raw))


def test_a_hundred_thousand_entries_are_refused_without_reading_them():
    raw = crowd(100_000)
    with zipfile.ZipFile(io.BytesIO(raw)) as sound:
        assert len(sound.infolist()) == 100_000
    honest = raw.rfind(b"PK\5\6")
    few = raw[: honest + 8] + b"\1\0\1\0" + raw[honest + 12 :]
    unlocated = raw[: raw.rfind(b"PK\6\6")] + few[honest:]
    for told in (raw, few, unlocated):
        file = io.BytesIO(told)
        tracemalloc.start()
        began = time.thread_time()
        assert "2000" in refused(file)
        took, (_now, peak) = time.thread_time() - began, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert took < 0.2
        assert peak < 1024 * 1024


def test_as_many_files_as_are_let_through_are_read_in_no_time():
    began = time.thread_time()
    assert len(Archive(io.BytesIO(crowd(MOST_FILES))).sizes) == MOST_FILES
    assert time.thread_time() - began < 1
    assert refused(io.BytesIO(crowd(MOST_FILES + 1)))


def test_overlapping_files_are_refused():
    file = packed(content(), library(), {"content/one.txt": b"x" * 40_000, "content/two.txt": b"x" * 40_000})
    with zipfile.ZipFile(file) as archive:
        first, second = (archive.getinfo(f"content/{name}.txt").header_offset for name in ("one", "two"))
    raw = file.getvalue()
    place = raw.rfind(b"content/two.txt") - 4
    assert struct.unpack("<L", raw[place : place + 4])[0] == second
    assert refused(io.BytesIO(raw[:place] + struct.pack("<L", first) + raw[place + 4 :]))


def test_a_package_that_lies_in_a_folder_is_refused_with_words_that_help():
    parts = {f"bai-tap/{name}": text for name, text in (content() | library()).items()}
    assert "bai-tap" in refused(packed(parts))


def test_libraries_without_a_content_are_refused_with_words_that_help():
    for parts in (library(), library() | {"h5p.json": content()["h5p.json"]}):
        with translation.override("en"):
            assert "export such a content with its libraries" in refused(packed(parts))


def test_an_archive_inside_is_refused():
    assert refused(packed(content(), library(), {"content/inside.txt": package().getvalue()}))


@pytest.mark.parametrize("raw", [b"", b"PK\3\4", b"x" * 1000, package().getvalue()[:-30]])
def test_what_is_no_archive_is_refused(raw):
    assert refused(io.BytesIO(raw))


def test_a_locked_archive_is_refused():
    raw = bytearray(package().getvalue())
    place = raw.find(b"PK\1\2")
    raw[place + 8] |= 1
    assert refused(io.BytesIO(bytes(raw)))


@pytest.mark.parametrize(
    "said",
    [{}, [], {"title": "a"}, {"title": "", "mainLibrary": "H5P.MultiChoice"}, {"title": 1, "mainLibrary": "x"},
     {"title": "a", "mainLibrary": "H5P.Other", "preloadedDependencies": []},
     {"title": "a", "mainLibrary": "H5P.A", "preloadedDependencies": [{"machineName": "H5P.A"}]},
     {"title": "a", "mainLibrary": "../A", "preloadedDependencies": [
         {"machineName": "../A", "majorVersion": 1, "minorVersion": 1}]}],
)  # fmt: skip
def test_a_manifest_that_is_not_as_h5p_says_is_refused(said):
    assert refused(packed(content() | {"h5p.json": json.dumps(said)}, library()))


@pytest.mark.parametrize(
    "changes",
    [{"machineName": "a b"}, {"majorVersion": -1}, {"minorVersion": True}, {"preloadedJs": [{"path": "gone.js"}]},
     {"preloadedJs": [{"path": "../../x.js"}]}, {"preloadedCss": "x"},
     {"coreApi": {"majorVersion": 1, "minorVersion": 29}},
     {"coreApi": {"majorVersion": 2, "minorVersion": 0}}, {"preloadedDependencies": [1]}],
)  # fmt: skip
def test_a_library_that_is_not_as_h5p_says_is_refused(changes):
    assert refused(packed(content(), library(**changes)))


def test_deeply_nested_json_is_refused():
    deep = "[" * 200_000
    assert refused(packed(content() | {"content/content.json": deep}, library()))


@pytest.mark.parametrize("text", [r"a\u0000b", r"a\ud800b", r"\uDC00"])
@pytest.mark.parametrize("place", ["h5p.json", "content/content.json", "H5P.MultiChoice-1.16/library.json",
                                   "H5P.MultiChoice-1.16/semantics.json"])  # fmt: skip
def test_a_text_that_no_database_keeps_is_refused(text, place):
    files = content() | library()
    for changed in (f'"{text}": 1', f'"x": ["{text}"]'):
        opening = "[{" if place.endswith("semantics.json") else "{"
        said = f"{opening}{changed}, {files[place].removeprefix(opening)}"
        assert "JSON" in refused(packed(files | {place: said}))


def test_an_escape_that_stands_for_a_text_is_no_reason_to_refuse():
    said = {"question": r"C:\u0000 and \ud83d 🎉"}
    assert read_package(packed(content() | {"content/content.json": json.dumps(said)}, library())).params == said


@pytest.mark.parametrize("number", ["1e400", "-1e999", "NaN", "Infinity", "9" * 5000])
def test_a_number_that_no_database_keeps_is_refused(number):
    said = f'{{"question": [{number}]}}'
    assert "JSON" in refused(packed(content() | {"content/content.json": said}, library()))


@pytest.mark.parametrize(
    "semantics",
    [{}, [1], [None], [{"name": "a", "type": []}], [{"name": "a", "type": "text", "tags": 5}],
     [{"name": "a", "type": "group", "fields": 5}], [{"name": "a", "type": "group", "fields": [5]}],
     [{"name": "a", "type": "list", "field": 5}], [{"name": "a", "type": "list", "field": {"fields": ["x"]}}]],
)  # fmt: skip
def test_semantics_that_nobody_could_follow_are_refused(semantics):
    assert "semantics.json" in refused(packed(content(), library(semantics=semantics)))


def test_missing_libraries_are_named_through_what_is_installed():
    found = read_package(packed(content(also=("H5P.Extra 1.0",)), library(needs=["H5P.Question 1.5"])))
    assert missing_libraries(found, {}) == ["H5P.Extra 1.0", "H5P.Question 1.5"]
    assert missing_libraries(found, {"H5P.Question 1.5": (), "H5P.Extra 1.0": ()}) == []


def test_an_archive_gives_out_what_it_holds():
    archive = Archive(package())
    assert json.loads(archive.read("content/content.json")) == PARAMS


@pytest.mark.parametrize("name", ["H5P.AudioRecorder", "H5P.SpeakTheWords"])
def test_a_content_that_needs_the_microphone_is_refused_with_the_reason(name):
    needing = library(name, (1, 0, 1))
    assert name in refused(packed(content(main=f"{name} 1.0"), needing))
    with translation.override("vi"):
        assert "micrô" in refused(packed(content(also=(f"{name} 1.0",)), library(), needing))
