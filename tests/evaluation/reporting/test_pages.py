import io
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from evaluation.reporting.definitions import AIMS, Measure
from evaluation.reporting.models import Denominator
from evaluation.reporting.public import Shown
from tests.evaluation.reporting.test_figures import give_title
from tests.factories.evaluation import YEAR, evidence_for, member_without_account
from tests.queries import assert_constant_queries

pytestmark = pytest.mark.usefixtures("entered_adults")


def address(unit, name="targets", **named):
    return reverse(f"reporting:{name}", kwargs={"unit_code": unit.code, **named}) + f"?nam={YEAR}"


@pytest.fixture
def titled(world):
    for _number in range(6):
        person = member_without_account(world.chapter)
        give_title(world, person, world.chapter)
    evidence_for(person)
    give_title(world, member_without_account(world.foreign_chapter), world.foreign_chapter)
    return world


@pytest.mark.parametrize(
    ("name", "unit"), [("chi", "chapter"), ("dung", "association"), ("lan", "commune"), ("giang", "province")]
)
def test_everyone_begins_at_their_highest_unit(world, client, name, unit):
    client.force_login(getattr(world, name))
    response = client.get(reverse("reporting:own"))
    assert response.url == reverse("reporting:targets", args=[getattr(world, unit).code])
    assert client.get(response.url).status_code == 200


def test_page_shows_numerator_denominator_and_the_units_beneath(titled, client):
    client.force_login(titled.lan)
    text = client.get(address(titled.commune)).text
    assert titled.association.name in text
    assert "1 " in text
    assert "6" in text
    assert titled.foreign_commune.name not in text


@pytest.mark.parametrize("name", ["an", "binh"])
def test_those_without_the_role_find_nothing(world, client, name):
    client.force_login(getattr(world, name))
    assert client.get(reverse("reporting:own")).status_code == 404
    assert client.get(address(world.chapter)).status_code == 404


def test_foreign_units_and_units_above_are_not_found(world, client):
    client.force_login(world.dung)
    for unit in (world.foreign_commune, world.foreign_chapter, world.province, world.commune):
        assert client.get(address(unit)).status_code == 404
        assert client.get(address(unit, "targets_file", kind="csv")).status_code == 404
        assert client.post(address(unit, "enter"), {"adults_titled": 3}).status_code == 404


@pytest.mark.parametrize("year", ["1999", "2099", "x", "-1", "9" * 30, "２０２６"])
def test_a_year_that_is_none_is_not_found(world, client, year):
    client.force_login(world.giang)
    page = reverse("reporting:targets", args=[world.province.code])
    assert client.get(page, {"nam": year}).status_code == 404


def test_an_officer_enters_figures_on_the_page(world, client):
    client.force_login(world.dung)
    response = client.post(address(world.association, "enter"), {"adults_titled": "1200"})
    assert response.url == address(world.association)
    assert Denominator.objects.get().value == 1200
    assert "1200" in client.get(response.url).text


@pytest.mark.parametrize("typed", ["0", "-4", "nhiều", "1e9", "99999999999999999999"])
def test_a_wrong_figure_is_explained_and_stays_in_its_field(world, client, typed):
    client.force_login(world.dung)
    response = client.post(address(world.association, "enter"), {"adults_titled": typed})
    assert response.status_code == 422
    assert response.context["form"].errors["adults_titled"]
    assert typed in response.text
    assert not Denominator.objects.exists()


def test_who_may_look_but_not_enter_has_no_form(world, client):
    client.force_login(world.minh)
    assert "form" not in client.get(address(world.association)).context
    assert client.post(address(world.association, "enter"), {"adults_titled": "5"}).status_code == 404


def test_where_records_count_every_figure_nothing_is_asked_for(world, client, monkeypatch):
    """An empty form is still a form: the page asked for figures without a single field."""
    monkeypatch.setitem(AIMS, Measure.ADULTS_TITLED, replace(AIMS[Measure.ADULTS_TITLED], entered_as=""))
    client.force_login(world.dung)
    page = client.get(address(world.association))
    assert "form" not in page.context
    assert 'id="enter"' not in page.text


def test_files_open_again_with_real_numbers(titled, client):
    client.force_login(titled.giang)
    workbook = load_workbook(io.BytesIO(client.get(address(titled.province, "targets_file", kind="xlsx")).content))
    by_target, by_unit = workbook.worksheets
    digital = next(row for row in by_target.iter_rows(values_only=True) if row[3:6:2] == (1, 7))
    assert digital[7] == pytest.approx(14.3)
    units = {row[0]: row for row in by_unit.iter_rows(values_only=True)}
    assert units[titled.commune.name][11:13] == (1, 6)
    assert all(isinstance(value, int | float | str) for value in units[titled.province.name])


def test_csv_begins_with_a_byte_order_mark(titled, client):
    client.force_login(titled.giang)
    content = client.get(address(titled.province, "targets_file", kind="csv")).getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    assert titled.foreign_commune.name in content.decode()


def test_page_asks_the_same_few_queries_for_more_people(titled, client):
    client.force_login(titled.giang)

    def more():
        for _number in range(3):
            give_title(titled, member_without_account(titled.chapter), titled.chapter)

    assert_constant_queries(lambda: client.get(address(titled.province)), more)


def test_drill_down_of_the_province_stays_within_thirteen_queries(titled, client, django_assert_max_num_queries):
    client.force_login(titled.giang)
    client.get(address(titled.province))
    with django_assert_max_num_queries(13):
        client.get(address(titled.province))


def test_everyone_reads_the_results_without_small_numbers(titled, client):
    response = client.get(reverse("reporting:public"))
    results = response.context["results"]
    assert {row.name: row.cells[0][1].number for row in results.communes} == {
        titled.commune.name: None,
        titled.foreign_commune.name: None,
    }
    assert results.totals[0] == (YEAR, Shown(7))
    assert not response.cookies
    assert "no-store" not in response.get("Cache-Control", "")


def test_results_before_there_is_anything(db, client):
    assert client.get(reverse("reporting:public")).status_code == 200


def test_results_are_kept_for_other_visitors(titled, client, django_assert_num_queries):
    client.get(reverse("reporting:public"))
    with django_assert_num_queries(0):
        client.get(reverse("reporting:public"))


def test_the_year_of_today_is_the_default(world, client):
    client.force_login(world.giang)
    page = client.get(reverse("reporting:targets", args=[world.province.code]))
    assert page.context["overview"].year == timezone.localdate().year
