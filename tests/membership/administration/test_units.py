import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from intake.models import Import
from membership import choosing, unit_sheet
from membership.models import Membership, Unit, UnitKind
from tests.membership.administration.test_views import get, text


def sent(client, user, address, unit=None, /, **values):
    client.force_login(user)
    return client.post(reverse(address, args=[unit.pk] if unit else []), values)


def test_officer_sees_the_units_beneath_their_own_as_of_a_day(client, standing, today):
    shown = text(get(client, standing.dung, "units:index"))
    assert "Chi hội khối phố 1" in shown
    assert "Hội Khuyến học phường Hải Châu" not in shown
    assert "Chi hội thôn 1" not in shown
    assert "Chi hội khối phố 1" not in text(get(client, standing.dung, "units:index", day="2024-01-01"))


def test_officer_adds_a_chapter_which_gets_its_code(client, standing, today):
    values = {"parent": standing.association.pk, "kind": "chapter", "name": "Chi hội chợ", "code": ""}
    assert sent(client, standing.dung, "units:add", **values, valid_from=today.isoformat()).status_code == 302
    added = Unit.objects.get(name="Chi hội chợ")
    assert (added.code, added.kind, added.get_parent()) == ("20242-CH1", UnitKind.CHAPTER, standing.association)
    again = sent(client, standing.dung, "units:add", **values | {"code": "20242-CH1"}, valid_from=today.isoformat())
    assert again.status_code == 200
    elsewhere = values | {"parent": standing.foreign_association.pk, "name": "Chi hội lạ"}
    assert sent(client, standing.dung, "units:add", **elsewhere, valid_from=today.isoformat()).status_code == 200
    assert not Unit.objects.filter(name="Chi hội lạ").exists()


def changed(client, user, unit, **changes):
    values = {"name": unit.name, "kind": unit.kind, "parent": unit.get_parent().pk, "changed_on": "2026-01-05"}
    return sent(client, user, "units:edit", unit, **values | {"valid_to": ""} | changes)


def test_officer_renames_and_closes_by_the_form_and_is_told_who_is_there(client, standing):
    assert changed(client, standing.dung, standing.chapter, name="Chi hội tổ 1").status_code == 302
    assert Unit.objects.get(pk=standing.chapter.pk).name == "Chi hội tổ 1"
    unit = Unit.objects.get(pk=standing.chapter.pk)
    refused = text(changed(client, standing.dung, unit, valid_to="2026-02-01"))
    assert "Trần Thị An" in refused
    Membership.objects.filter(unit=unit).update(valid_to="2026-01-31")
    assert changed(client, standing.dung, unit, valid_to="2026-02-01").status_code == 302
    assert Unit.objects.get(pk=unit.pk).valid_to.isoformat() == "2026-02-01"


@pytest.mark.parametrize(("most_in_list", "shown"), [(20, " selected>Hội"), (1, ' value="Hội')])
def test_closed_unit_stays_where_it_stands_though_that_is_closed(client, standing, monkeypatch, most_in_list, shown):
    monkeypatch.setattr(choosing, "MOST_IN_LIST", most_in_list)
    closed = Unit.objects.filter(pk__in=[standing.chapter.pk, standing.association.pk])
    closed.update(valid_to="2026-02-01")
    page = get(client, standing.giang, "units:edit", standing.chapter.pk).content.decode()
    assert f"{shown} Khuyến học phường Hải Châu" in page


def test_commune_is_renamed_and_keeps_its_kind_and_place(client, standing):
    values = {"name": "Phường Hải Châu Một", "kind": "agency", "changed_on": "2026-01-05", "valid_to": ""}
    assert sent(client, standing.giang, "units:edit", standing.commune, **values).status_code == 302
    unit = Unit.objects.get(pk=standing.commune.pk)
    assert (unit.name, unit.kind) == ("Phường Hải Châu Một", UnitKind.COMMUNE)


def test_empty_unit_is_removed_and_another_tells_why_not(client, standing):
    client.force_login(standing.dung)
    for unit, stays in [(standing.other_chapter, False), (standing.chapter, True)]:
        answer = client.post(reverse("units:delete", args=[unit.pk]), follow=True)
        assert answer.status_code == 200
        assert Unit.objects.filter(pk=unit.pk).exists() is stays
    assert "Hãy đóng đơn vị" in answer.content.decode()


@pytest.mark.parametrize("name", ["units:edit", "units:delete", "units:history"])
def test_unit_elsewhere_does_not_exist(client, standing, name):
    assert get(client, standing.ha, name, standing.chapter.pk).status_code == 404
    assert get(client, standing.dung, name, standing.chapter.pk).status_code == 200


def test_template_is_filled_in_and_brought(client, standing):
    client.force_login(standing.dung)
    template = client.get(reverse("unit_file:template"))
    book = load_workbook(io.BytesIO(template.content))
    assert [cell.value for cell in book.worksheets[0][1]] == list(unit_sheet.HEADINGS)
    book.worksheets[0].append(["20242-CH9", "Chi hội chợ", "Chi hội", "20242-HKH", None])
    content = io.BytesIO()
    book.save(content)
    file = SimpleUploadedFile("don-vi.xlsx", content.getvalue())
    answer = client.post(reverse("unit_file:upload"), {"file": file}, follow=True)
    assert answer.status_code == 200
    assert Import.objects.get(kind="units").name == "don-vi.xlsx"


@pytest.mark.parametrize("name", ["unit_file:upload", "unit_file:template"])
def test_who_manages_no_units_finds_no_files_of_units(client, standing, name):
    assert get(client, standing.binh, name).status_code == 404


def test_the_list_brings_the_calendar_of_its_filter_before_it_is_asked_for(client, administrator):
    page = get(client, administrator, "units:index").content.decode()
    assert 0 < page.find("date-time-chooser.js") < page.find("initDateChooser(")
