"""Files of lists: nothing is cut off without a word, and who takes people's names away is noted."""

import csv
import io

import pytest
from django.urls import get_resolver
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from interface.tables import Table, files, table
from tests.factories.evaluation import another_member

ADDRESS = "/nguoi/"
NAMES_PEOPLE = {"person", "people", "learner", "full_name"}


def declared(kind=Table):
    _loaded = get_resolver().url_patterns
    return sorted({one for sub in kind.__subclasses__() for one in {sub, *declared(sub)}}, key=lambda one: one.__name__)


def taken():
    return ModelLogEntry.objects.filter(action="interface.export_list")


def with_names():
    return [one for one in declared() if one.filename and one.names_people]


def test_every_list_that_hands_out_names_says_so():
    def names(kind):
        read = {str(column.read) for column in kind.columns if column.is_exported}
        columns = {column.name for column in kind.columns if column.is_exported}
        return columns & NAMES_PEOPLE or any(NAMES_PEOPLE & set(way.split(".")) for way in read)

    silent = [one.__name__ for one in declared() if one.filename and names(one) and not one.names_people]
    assert silent == []
    assert len(with_names()) >= 9


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_each_of_them_notes_who_took_it(rf, standing, kind):
    for one in with_names():
        request = rf.get("/danh-sach/", {"export": kind, "year": "2026"})
        request.user = standing.chi
        asked = one.__new__(one)
        Table.__init__(asked, request, [])
        asked.filters, asked.found = None, []
        asked.export(kind)
        entry = taken().latest("pk")
        assert (entry.user, entry.label) == (standing.chi, str(one.caption))
        assert entry.data == {"list": "/danh-sach/", "asked": {"year": "2026"}, "rows": 0}
    assert taken().count() == len(with_names())


@pytest.mark.urls("tests.interface.tables.people")
def test_what_was_typed_is_not_noted_for_it_may_name_somebody(client, standing):
    client.force_login(standing.chi)
    client.get(ADDRESS, {"export": "csv", "q": standing.an.person.full_name, "born": "1980", "x": "Trần Thị An"})
    assert taken().get().data["asked"] == {"q": "…", "born": "1980"}


@pytest.mark.urls("tests.interface.tables.people")
def test_no_row_is_cut_off_without_a_word(client, standing, monkeypatch):
    for number in range(5):
        another_member(standing.chapter, number)
    client.force_login(standing.chi)
    count = client.get(ADDRESS).context["table"].count
    monkeypatch.setattr(files, "MOST_IN_WORKBOOK", 2)
    monkeypatch.setattr(table, "MOST_IN_WORKBOOK", 2)
    assert "2 dòng đầu" in client.get(ADDRESS).text
    lines = client.get(ADDRESS, {"export": "csv"}).getvalue().decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(lines)))) == count + 1
    sheet = load_workbook(io.BytesIO(client.get(ADDRESS, {"export": "xlsx"}).getvalue())).active
    rows = list(sheet.iter_rows(values_only=True))
    assert f"2 dòng đầu trong {count} dòng" in rows[0][0]
    assert len(rows) == 1 + 1 + 1 + 2
    assert [entry.data["rows"] for entry in taken()] == [count, count]
