import datetime
import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from membership.models import Session
from tests.factories.pages import add_material, page_tree
from tests.factories.people import add_user
from work import recurring
from work.models import Slot

LONG_AGO = datetime.timedelta(days=30)


def run(*names):
    out = io.StringIO()
    call_command("tick", only=names, stdout=out)
    return out.getvalue()


def test_a_page_that_expired_answers_no_more_kept_or_not(db, client, django_capture_on_commit_callbacks):
    page = add_material(page_tree().materials, "Hết hạn", slug="het-han")
    assert client.get(page.url).status_code == 200
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    assert client.get(page.url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        call_command("tick")
    assert client.get(page.url).status_code == 404


def test_sessions_and_results_that_are_over_go_and_others_stay(db):
    for key, ends in (("over", timezone.now() - LONG_AGO), ("open", timezone.now() + LONG_AGO)):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    for ended in (timezone.now() - LONG_AGO, timezone.now()):
        DBTaskResult.objects.create(
            args_kwargs={}, task_path="a.b", backend_name="default", status="SUCCESSFUL", finished_at=ended,
            run_after=ended,
        )  # fmt: skip
    said = run("clear_sessions", "forget_task_results")
    assert "forget_task_results: 1 results forgotten" in said
    assert [Session.objects.get().pk, DBTaskResult.objects.count()] == ["open", 1]


def test_by_name_it_runs_at_once_also_what_ran_already(db):
    assert run("end_roles").startswith("end_roles: 0 accounts")
    assert run("end_roles").startswith("end_roles: 0 accounts")
    assert Slot.objects.get(name="end_roles").is_done


def test_it_is_quiet_when_all_is_well_and_fails_when_something_failed(db, monkeypatch, capsys):
    call_command("tick")
    assert capsys.readouterr().out == ""

    def fail(at):
        raise CommandError("The ledger does not verify.")

    broken = recurring.Recurring("seal_ledger", "", recurring.declared["seal_ledger"].rhythm, fail)
    monkeypatch.setitem(recurring.declared, "seal_ledger", broken)
    with pytest.raises(CommandError, match="seal_ledger"):
        run("seal_ledger", "end_roles")
    assert Slot.objects.latest_of_each().get(name="seal_ledger").outcome == "The ledger does not verify."
    assert Slot.objects.latest_of_each().get(name="end_roles").is_done


def test_it_lists_what_recurs(capsys):
    call_command("tick", list=True)
    said = capsys.readouterr().out
    assert all(name in said for name in recurring.declared)


def test_everything_declared_runs(db):
    """On an empty installation, so that none breaks for want of rows."""
    said = run(*recurring.declared)
    assert all(f"{name}:" in said for name in recurring.declared)


def test_healthz_names_what_is_overdue(db, client):
    hour_ago = timezone.now() - datetime.timedelta(hours=1)
    Slot.objects.create(name="seal_ledger", begins_at=hour_ago, started_at=hour_ago, finished_at=hour_ago, runner="a:1")
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["parts"]["recurring"]["detail"] == "overdue: seal_ledger"


def test_the_administrator_sees_last_and_next_run_and_nobody_else(client, standing):
    run("seal_ledger")
    client.force_login(add_user("quantri", "Dương Quốc Quản", is_superuser=True))
    said = client.get("/quan-tri/reports/viec-dinh-ky/").content.decode()
    assert "Niêm phong những gì đang chờ" in said
    assert "seal_ledger" in said
    assert "/quan-tri/reports/viec-dinh-ky/" in client.get("/quan-tri/").content.decode()  # in the menu
    client.force_login(standing.binh)
    assert client.get("/quan-tri/reports/viec-dinh-ky/").status_code in (302, 403)
