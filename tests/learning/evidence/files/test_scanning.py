"""A scanner that speaks clamd's protocol, on a socket of its own."""

import datetime
import socket
import struct
import threading
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from learning.evidence.actions import declare, sweep_files
from learning.evidence.files import InfectedError, ScannerDownError, inspect, scan
from learning.evidence.kinds import Kind
from learning.evidence.models import Evidence, EvidenceFile, private_storage
from tests.factories.evidence import NOW

HARMFUL = b"%PDF-1.7 EICAR"
ADD = "/minh-chung/them/"


@pytest.fixture
def scanner(settings, tmp_path):
    """Answers FOUND to what holds EICAR, OK to the rest."""
    address = str(tmp_path / "clamd.ctl")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()
    settings.UPLOAD_SCANNER = f"unix://{address}"
    thread = threading.Thread(target=_serve, args=[listening], daemon=True)
    thread.start()
    yield
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(timeout=5)


def _serve(listening):
    while True:
        try:
            connection, _address = listening.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            content = b""
            while length := struct.unpack("!I", stream.read(4))[0]:
                content += stream.read(length)
            connection.sendall(b"stream: Eicar FOUND\0" if b"EICAR" in content else b"stream: OK\0")


def typed(content):
    return {
        "kind": "declaration", "title": "Tự học", "occurred_on": "2026-05-04", "token": str(uuid.uuid4()),
        "file": SimpleUploadedFile("a.pdf", content),
    }  # fmt: skip


def test_without_a_scanner_nothing_was_scanned():
    assert scan([HARMFUL]) is False


def test_what_is_clean_passes_and_what_is_not_is_refused(scanner):
    assert scan([b"%PDF", b"x" * 200_000]) is True
    with pytest.raises(InfectedError):
        scan([HARMFUL])


def test_a_scanner_that_does_not_answer_lets_nothing_through(settings, tmp_path):
    settings.UPLOAD_SCANNER = f"unix://{tmp_path}/nobody.ctl"
    with pytest.raises(ScannerDownError):
        scan([b"x"])


def test_the_form_says_what_happened_and_the_file_says_whether_it_was_scanned(client, standing, scanner, settings):
    client.force_login(standing.an)
    assert "mã độc" in client.post(ADD, typed(HARMFUL)).content.decode()
    assert not Evidence.objects.exists()
    client.post(ADD, typed(b"%PDF-1.7 sach"))
    assert EvidenceFile.objects.get().is_scanned
    with EvidenceFile.objects.get().file.open() as stored:
        assert stored.read() == b"%PDF-1.7 sach"
    settings.UPLOAD_SCANNER = "tcp://127.0.0.1:9"
    assert "thử lại" in client.post(ADD, typed(b"%PDF-1.7 sach")).content.decode()
    settings.UPLOAD_SCANNER = ""
    client.post(ADD, typed(b"%PDF-1.7 khong quet"))
    assert "chưa quét mã độc" in client.get("/minh-chung/?nam=2026").content.decode()


def stored_files():
    storage = private_storage()
    return set(_walk(storage, "evidence"))


def _walk(storage, folder):
    if not storage.exists(folder):
        return
    folders, files = storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for inner in folders:
        yield from _walk(storage, f"{folder}/{inner}")


def declared(standing, **changes):
    values = {
        "person": standing.an.person, "kind": Kind.DECLARATION, "title": "Tự học", "occurred_at": NOW, "details": {},
        "upload": inspect(ContentFile(b"%PDF-1.7", name="a.pdf"), limit=100), "token": uuid.uuid4(),
        "by": standing.an, "at": NOW,
    }  # fmt: skip
    return declare(**(values | changes))


def test_a_file_of_a_failed_transaction_does_not_stay(standing, monkeypatch):
    before = stored_files()

    def fail(*_args, **_named):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(EvidenceFile, "save", fail)
    with pytest.raises(RuntimeError):
        declared(standing)

    assert stored_files() == before
    assert not Evidence.objects.exists()


def test_what_a_dead_process_left_is_swept_and_what_is_named_stays(standing):

    declared(standing)
    kept = EvidenceFile.objects.get().file.name
    lost = private_storage().save("evidence/2026/05/lost.pdf", ContentFile(b"%PDF"))
    assert sweep_files(at=timezone.now()) == 0
    sweep_files(at=timezone.now() + datetime.timedelta(days=2))
    assert not private_storage().exists(lost)
    assert private_storage().exists(kept)
