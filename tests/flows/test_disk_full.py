"""A disk without room: said in words, nothing is half kept, and /healthz names it. What a file may hold is limited by
the system itself, which fails a write as a full disk does.
"""

import resource
import sqlite3
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from home import health
from interface import errors
from learning.evidence.models import Evidence
from tests.factories.packages import PNG

LARGE = 6 * 1024 * 1024


@contextmanager
def room_for(size):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def private():
    return storages["private"]


def files_in(storage):
    return [path for path in Path(storage.location).rglob("*") if path.is_file()]


def test_a_file_is_kept_whole_or_not_at_all(private):
    before = files_in(private)
    with room_for(64 * 1024), pytest.raises(OSError):  # noqa: PT011 (what the system says)
        private.save("thu/a.bin", ContentFile(bytes(LARGE)))
    assert files_in(private) == before


def test_a_file_that_stood_before_stays(private):
    name = private.save("thu/b.bin", ContentFile(b"cu"))
    with room_for(64 * 1024), pytest.raises(OSError):  # noqa: PT011
        private._save(name, ContentFile(bytes(LARGE)))
    with private.open(name) as file:
        assert file.read() == b"cu"
    for path in Path(private.path("thu")).iterdir():
        path.unlink()


def test_an_upload_is_refused_in_words_and_can_be_sent_again(client, standing, settings, private):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * LARGE  # so that it is the storage that fails
    before = files_in(private)
    client.raise_request_exception = False
    client.force_login(standing.an)
    form = {"kind": "external_certificate", "title": "Chứng chỉ", "issuer": "Hội", "occurred_on": "2026-05-04",
            "token": "11111111-2222-4333-8444-555555555555"}  # fmt: skip
    address = reverse("evidence:add")
    with room_for(LARGE - 1024 * 1024):
        file = SimpleUploadedFile("a.png", PNG + bytes(LARGE))
        answer = client.post(address, {**form, "file": file})
    assert answer.status_code == 507
    assert "hết chỗ lưu" in answer.content.decode()
    assert not Evidence.objects.exists()
    assert files_in(private) == before
    client.post(address, {**form, "file": SimpleUploadedFile("a.png", PNG + bytes(LARGE))})
    assert Evidence.objects.count() == 1


def test_health_names_the_storage(db):
    assert health.report()["storage"].is_well
    with room_for(32 * 1024):
        storage = health.report()["storage"]
    assert not storage.is_well
    assert storage.detail


def test_little_room_is_said_before_there_is_none(db, monkeypatch):
    monkeypatch.setattr(health, "_LEAST_FREE_BYTES", 10**18)
    assert not health.report()["storage"].is_well


def test_a_database_without_room_is_told_to_scripts_too(rf):
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA max_page_count = 1")
    request = rf.post("/", "{}", content_type="application/json")
    try:
        database.execute("CREATE TABLE a (b)")
    except sqlite3.OperationalError:
        answer = errors.server_error(request)
    finally:
        database.close()
    assert answer.status_code == 507
    assert errors.server_error(request).status_code == 500
