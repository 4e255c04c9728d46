import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories.people import add_user
from work.models import Slot
from work.recurring import declared


@pytest.fixture
def report(client, db):
    client.force_login(add_user("quantri", "Quản Trị", is_superuser=True))
    return lambda **asked: client.get(reverse("recurring_work"), asked)


def test_all_that_recurs_is_listed_also_what_never_ran(report):
    ran, *others = sorted(declared)
    at = datetime.datetime(2026, 5, 1, 20, 30, tzinfo=datetime.UTC)
    Slot.objects.create(
        name=ran, begins_at=at, runner="a:1", started_at=at, finished_at=at, is_done=True, outcome="xong"
    )
    html = report().text
    assert all(name in html for name in declared)
    assert "03:30 02/05/2026" in html
    assert html.count("chưa lần nào") == len(others)


def test_its_file_tells_the_time_of_viet_nam(report):
    name = min(declared)
    at = datetime.datetime(2026, 5, 1, 20, 30, tzinfo=datetime.UTC)
    Slot.objects.create(name=name, begins_at=at, runner="a:1", started_at=at)
    rows = list(load_workbook(io.BytesIO(report(export="xlsx").getvalue())).active.iter_rows(values_only=True))
    assert len(rows) == len(declared) + 1
    assert rows[1][2] == datetime.datetime(2026, 5, 2, 3, 30)
    assert rows[1][6] > timezone.make_naive(timezone.now())


def test_it_is_for_administrators(client, standing):
    client.force_login(standing.giang)
    assert client.get(reverse("recurring_work")).status_code in (302, 403)
    assert client.get(reverse("recurring_work"), {"export": "csv"}).status_code in (302, 403)
