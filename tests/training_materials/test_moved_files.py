"""The migration that takes documents out of what a proxy serves."""

from importlib import import_module

import pytest

move = import_module("training_materials.migrations.0008_files_leave_through_the_site").move


@pytest.fixture
def folders(tmp_path):
    """As a site had them: a document, a picture as it came, and the size of it that pages show."""
    for name in ("media/documents/bai.pdf", "media/original_images/sau/hinh.png", "media/images/hinh.width-800.png"):
        file = tmp_path / name
        file.parent.mkdir(parents=True)
        file.write_bytes(name.encode())
    return tmp_path / "media", tmp_path / "private"


def _files(folder):
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_documents_and_pictures_as_they_came_leave_what_a_proxy_serves(folders):
    media, private = folders
    move(media, private)
    move(media, private)
    assert _files(media) == ["images/hinh.width-800.png"]
    assert _files(private) == ["documents/bai.pdf", "original_images/sau/hinh.png"]
    assert (private / "documents/bai.pdf").read_bytes() == b"media/documents/bai.pdf"


def test_it_goes_on_where_it_was_interrupted(folders):
    media, private = folders
    (private / "documents").mkdir(parents=True)
    (private / "documents/bai.pdf.part").write_bytes(b"med")
    move(media, private)
    assert _files(private) == ["documents/bai.pdf", "original_images/sau/hinh.png"]


def test_the_file_stays_where_it_was_until_it_stands_in_its_new_place(folders, monkeypatch):
    media, private = folders
    with monkeypatch.context() as interrupted:
        interrupted.setattr("os.replace", _interrupt)
        with pytest.raises(InterruptedError):
            move(media, private)
    assert "documents/bai.pdf" in _files(media)
    move(media, private)
    assert _files(private) == ["documents/bai.pdf", "original_images/sau/hinh.png"]


def _interrupt(*_paths):
    raise InterruptedError


def test_two_files_of_one_name_are_left_for_a_person_to_tell_apart(folders):
    media, private = folders
    (private / "documents").mkdir(parents=True)
    (private / "documents/bai.pdf").write_bytes(b"another")
    with pytest.raises(FileExistsError, match=r"bai\.pdf"):
        move(media, private)
    assert (media / "documents/bai.pdf").read_bytes() == b"media/documents/bai.pdf"
    assert (private / "documents/bai.pdf").read_bytes() == b"another"
