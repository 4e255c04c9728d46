"""What is typed or brought in of citizens' identity cards is found nowhere afterwards, but as a keyed hash."""

import logging
import pickle

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from intake import tasks
from intake.models import Import
from membership.actions import citizen_id_hash
from membership.actions.roster import Roster
from membership.models import Person, PossibleDouble
from tests.membership.roster.conftest import table

MARKED = "049158770123"
OTHER = "048058770{:03d}".format
SPACED = "0491 5877 0123"
SHORT = MARKED[1:]  # as a spreadsheet leaves it, which takes it for a number

LIST = [
    {"name": "Lê Thị Tư", "year": 1958, "citizen_id": MARKED},
    {"name": f"Hồ {MARKED}"},
    {"name": SHORT},
    {"name": "Hồ Hai", "phone": MARKED},
    {"name": "Hồ Ba", "phone": SHORT, "group": SPACED},
    {"name": "Hồ Bốn", "citizen_id": MARKED + "4"},
    {"name": "Hồ Năm", "unit": f"Chi hội {SHORT}"},
    {"name": "Hồ Sáu", "unit_code": MARKED},
    {"name": "Hồ Bảy", "code": SHORT},
    {"name": "Hồ Tám", "day": MARKED},
    {"name": "Hồ Chín", "year": SHORT},
    {"name": "Lê Tư", "year": 1958, "citizen_id": SPACED},
    *({"name": f"Võ Thị {word}", "year": 1958, "citizen_id": OTHER(place)} for place, word in enumerate("ABCD")),
]


@pytest.fixture
def kept_in(settings, tmp_path, private_files):
    """Where files are put while they are sent and afterwards: nothing is small enough to stay in memory."""
    settings.FILE_UPLOAD_TEMP_DIR, settings.MEDIA_ROOT = tmp_path / "sent", tmp_path / "media"
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    (tmp_path / "sent").mkdir()
    return tmp_path


def test_no_citizen_id_stays_behind(client, standing, kept_in, caplog, monkeypatch, django_capture_on_commit_callbacks):
    caplog.set_level(logging.DEBUG)
    client.force_login(standing.dung)
    with django_capture_on_commit_callbacks(execute=True):
        plan = bring_in(client, standing)
        assert not traces(kept_in, caplog)
        die_and_resume(client, plan, monkeypatch)
        assert not traces(kept_in, caplog)
        merge_two(client, standing)
        for address in (reverse("people:index"), "/tim-kiem/", "/phieu-dang-nhap/"):
            for typed in (MARKED, SPACED, SHORT):
                assert client.get(address, {"q": typed}).status_code == 200
        client.post(plan, {"way": "undo"})
        work_off()
    assert Import.objects.get().state == Import.State.UNDONE
    assert not traces(kept_in, caplog)


def bring_in(client, standing):
    """The dry run, over the pages and the queue."""
    sent = {"file": SimpleUploadedFile(f"danh-sach-{MARKED}.csv", table(*LIST)), "unit": standing.association.pk}
    plan = client.post(reverse("roster:upload"), sent).url
    assert MARKED in repr(Import.objects.values_list("content"))
    work_off()
    assert client.get(plan).status_code == 200
    return plan


def die_and_resume(client, plan, monkeypatch):
    whole = Roster.write
    monkeypatch.setattr(Roster, "chunk", 2)
    client.post(plan, {"way": "apply"})
    with monkeypatch.context() as killing:
        killing.setattr(Roster, "write", lambda run, lines: whole(run, lines) if lines[0].number == 1 else exit())
        with pytest.raises(SystemExit):
            work_off()
    tasks.carry_out.enqueue(str(Import.objects.get().pk))
    work_off()
    assert Import.objects.get().state == Import.State.APPLIED
    assert Person.objects.filter(citizen_id_hash__in=[citizen_id_hash(one) for one in (MARKED, OTHER(3))]).count() == 2


def merge_two(client, standing):
    """One pair is asked about, by whoever writes the number into the note; then it is one person's."""
    one, other = Person.objects.get(full_name="Lê Thị Tư"), standing.an.person
    low, high = sorted((one, other), key=lambda each: each.pk)
    pair = PossibleDouble.objects.create(one=low, other=high, state="open", probability=0.9, found_at=one.created_at)
    page = reverse("doubles:edit", args=[pair.pk])
    client.post(page, {"decision": "ask", "note": f"Căn cước {MARKED}?"})
    pair.refresh_from_db()
    assert pair.note
    client.post(page, {"decision": "one" if low == other else "other", "note": ""})
    one.refresh_from_db()
    assert one.merged_into == other


def work_off():
    """As a worker does, one task after the other."""
    for row in DBTaskResult.objects.filter(status="READY", task_path__startswith="intake."):
        DBTaskResult.objects.filter(pk=row.pk).update(status="SUCCESSFUL")
        row.task.call(*row.args_kwargs["args"])


def traces(folder, caplog):
    """In which places a number is found, in whatever way it is written."""
    places = {f"table {name}": rows for name, rows in whole_database()}
    places |= {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    places["cache"] = pickle.dumps(list(caches["default"]._cache.items()))
    places["logs"] = caplog.text.encode()
    numbers = [MARKED, SHORT, SPACED, *(OTHER(place) for place in range(4))]
    return [(place, number) for place, kept in places.items() for number in numbers if number.encode() in kept]


def whole_database():
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            cells = [cell for row in cursor.fetchall() for cell in row]
            yield name, repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in cells]).encode()
