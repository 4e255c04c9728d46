"""Commands that set up an installation and keep it going."""

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django_tasks_db.management.commands import db_worker

from home import health
from home.management.commands import worker
from membership.models import User
from training_materials.models import CoursePage, MaterialPage


@pytest.fixture
def administrator(db):
    return User.objects.create_superuser("quan-tri-vien")


def test_content_is_published_once(administrator, client, capsys):
    call_command("publish_content", by=administrator.username)
    assert (MaterialPage.objects.live().count() >= 12, CoursePage.objects.live().count()) == (True, 4)
    for path in ("/", "/tai-lieu/", "/khoa-hoc/", "/tro-giup/", "/quyen-rieng-tu/", "/tiep-can/", "/gioi-thieu/"):
        assert client.get(path).status_code == 200, path
    call_command("publish_content", by=administrator.username)
    assert "nothing was changed" in capsys.readouterr().out
    assert CoursePage.objects.count() == 4


def test_content_needs_an_administrator(db):
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("publish_content", by="nobody")


def test_the_worker_goes_on_when_the_database_was_locked_and_stops_at_other_faults(monkeypatch):
    faults = [OperationalError("database is locked"), OperationalError("no such table")]

    def work(_command):
        raise faults.pop(0)

    monkeypatch.setattr(db_worker.Command, "handle", work)
    monkeypatch.setattr(worker, "follow_soon", lambda: None)
    monkeypatch.setattr(worker, "_live", lambda: None)
    with pytest.raises(OperationalError, match="no such table"):
        worker.Command().handle()
    assert faults == []


def test_the_worker_shows_that_it_lives(db, monkeypatch):
    monkeypatch.setattr(worker.time, "sleep", lambda _seconds: (_ for _ in ()).throw(InterruptedError))
    assert not health.report()["worker"].is_well
    with pytest.raises(InterruptedError):
        worker._live()
    assert health.report()["worker"].is_well
