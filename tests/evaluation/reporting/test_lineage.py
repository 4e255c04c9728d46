"""The year before the map changed: two old communes are one now, a third was split between two.

Old Đà Nẵng had A (two members, one titled), B (one member) and C (one member, titled); A and B are Hải Châu now, C is
partly Hải Châu and partly Tiên Phước.
"""

import datetime
import io
from dataclasses import dataclass, replace

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from evaluation.reporting.definitions import Measure
from evaluation.reporting.figures import overview
from evaluation.reporting.lineage import lineage_of
from evaluation.reporting.maps import entries_brought_home
from evaluation.reporting.models import Denominator
from evaluation.reporting.public import _parts, public_results, suppress
from membership.actions.maps import Nursery
from membership.decrees.reform import REFORM
from membership.models import FormerName, Membership, Role, Unit, UnitKind, UnitSuccession
from membership.succession import Map, map_of
from tests.evaluation.reporting.test_figures import give_title
from tests.factories.people import PersonFactory

YEAR = 2024
TODAY = datetime.date(2026, 11, 23)


@dataclass
class Old:
    province: Unit
    a: Unit
    b: Unit
    c: Unit


@pytest.fixture
def old(world):
    nursery = Nursery()
    province = nursery.plant_old(None, UnitKind.PROVINCE, "48", "Thành phố Đà Nẵng")
    named = {"20227": "Phường Thanh Bình", "20230": "Phường Thuận Phước", "20296": "Xã Hòa Liên"}
    a, b, c = (nursery.plant_old(province, UnitKind.COMMUNE, code, name) for code, name in named.items())
    nursery.bed_out()
    heirs = {province: [world.province], a: [world.commune], b: [world.commune]}
    heirs[c] = [world.commune, world.foreign_commune]
    for unit, successors in heirs.items():
        extent = "whole" if len(successors) == 1 else "part"
        for successor in successors:
            UnitSuccession.objects.create(old=unit, new=successor, extent=extent)
    people = [_member(unit) for unit in (a, a, b, c)]
    give_title(world, people[0], a, year=YEAR)
    give_title(world, people[3], c, year=YEAR)
    return Old(province, a, b, c)


def _member(unit):
    person = PersonFactory()
    Membership.objects.create(
        person=person, unit=unit, role=Role.MEMBER, valid_from=datetime.date(2020, 1, 1), valid_to=REFORM
    )
    return person


def counted(unit, by=None):
    """Members, and people with the title."""
    return _pair(overview(unit, YEAR, TODAY, by).figures)


def _pair(figures):
    return figures[0].denominator, figures[3].denominator


def page(client, unit, **asked):
    return client.get(reverse("reporting:targets", args=[unit.code]), {"nam": YEAR} | asked)


def test_the_sums_of_both_maps_are_equal(old, world):
    then, now = counted(old.province), counted(world.province, map_of(TODAY))
    assert then == now == (4, 2)
    found = overview(world.province, YEAR, TODAY, map_of(TODAY))
    rows = {row.unit.name if row.unit else "": _pair(row.figures) for row in found.rows_with_people}
    assert rows == {"Phường Hải Châu": (3, 1), "": (1, 1)}


def test_a_unit_that_did_not_exist_sums_what_lives_on_in_it_as_a_whole(old, world, client):
    assert counted(world.commune) == (3, 1)
    client.force_login(world.lan)
    response = page(client, world.commune)
    origins = {origin.unit.name: origin.is_whole for origin in response.context["lineage"].origins}
    assert origins == {"Phường Thanh Bình": True, "Phường Thuận Phước": True, "Xã Hòa Liên": False}
    assert "hội viên: 1" in response.text
    assert f"/chi-tieu/20227/?nam={YEAR}" in response.text


def test_a_split_unit_is_told_wherever_it_counts_or_does_not(old, world):
    by = map_of(TODAY)
    for unit in (world.province, world.commune, world.foreign_commune):
        assert [one.path for one in overview(unit, YEAR, TODAY, by).undivided] == [old.c.path]
    assert counted(world.foreign_commune) == (0, 0)
    assert not overview(world.association, YEAR, TODAY, by).undivided


def test_the_code_names_the_unit_of_then_or_of_today(old, world, client):
    client.force_login(world.giang)
    assert page(client, world.province).context["unit"] == old.province
    assert page(client, world.province, **{"ban-do": "hom-nay"}).context["unit"] == world.province


def test_a_unit_that_is_no_more_leads_to_its_heirs(old, world, client):
    client.force_login(world.giang)
    today = client.get(reverse("reporting:targets", args=[old.c.code]))
    assert today.context["lineage"].heirs == [world.commune, world.foreign_commune]
    assert "measures" not in today.text
    then = page(client, old.c)
    assert not then.context["lineage"].heirs
    assert _pair(then.context["overview"].figures) == (1, 1)


def test_a_unit_that_went_without_an_heir_shows_its_own_figures(old, world, client):
    UnitSuccession.objects.all().delete()
    client.force_login(world.giang)
    by = map_of(TODAY)
    assert lineage_of(overview(old.a, YEAR, TODAY, by)).heirs == []
    assert counted(old.a, by) == (2, 1)


def test_what_is_entered_on_todays_map_is_of_the_unit_of_today(entered_adults, old, world, client):
    client.force_login(world.giang)
    asked = f"?nam={YEAR}&ban-do=hom-nay"
    shown = page(client, world.province, **{"ban-do": "hom-nay"})
    address = reverse("reporting:enter", args=[world.province.code])
    assert f'action="{address}?nam={YEAR}&amp;ban-do=hom-nay"' in shown.text
    answer = client.post(address + asked, {Measure.ADULTS_TITLED: "100"})
    assert answer.url.endswith(asked)
    assert Denominator.objects.get().unit == world.province


def test_who_sees_no_heir_sees_no_old_unit(old, world, client):
    client.force_login(world.ha)
    Membership.objects.filter(person=world.ha.person).update(unit=world.foreign_commune)
    assert page(client, old.a).status_code == 404
    assert page(client, old.province).status_code == 404
    assert page(client, old.c).status_code == 200
    client.force_login(world.an)
    assert page(client, old.c).status_code == 404


def test_files_say_by_which_map_and_who_is_not_divided(old, world, client):
    client.force_login(world.giang)
    address = reverse("reporting:targets_file", kwargs={"unit_code": world.province.code, "kind": "xlsx"})
    file = client.get(address, {"nam": YEAR, "ban-do": "hom-nay"})
    assert "ban-do-" in file["Content-Disposition"]
    told = " ".join(str(row[0]) for row in load_workbook(io.BytesIO(file.content)).active.values)
    assert f"{timezone.localdate():%d/%m/%Y}" in told
    assert "Xã Hòa Liên" in told


def test_names_are_those_of_the_map(world, client):
    FormerName.objects.create(
        unit=world.commune, name="Xã Hải Châu", kind=UnitKind.COMMUNE, valid_to=datetime.date(2026, 4, 1)
    )
    client.force_login(world.giang)
    asked = {"nam": 2025}
    then = client.get(reverse("reporting:targets", args=["20242"]), asked).text
    now = client.get(reverse("reporting:targets", args=["20242"]), asked | {"ban-do": "hom-nay"}).text
    assert "Xã Hải Châu" in then
    assert "Phường Hải Châu" not in then
    assert "Phường Hải Châu" in now


def test_the_public_results_count_old_titles_where_their_units_live_on(old, world):
    results = public_results(TODAY)
    assert results.years == [YEAR]
    assert [number.is_small for _year, number in results.totals] == [True]
    assert [row.name for row in results.communes] == ["Phường Hải Châu"]


def test_those_of_a_split_unit_do_not_follow_from_the_total_of_the_public_results():
    shown = suppress(_parts({"0001": 2, "00010001": 40, "00010002": 9}, ["00010001", "00010002"]))
    assert shown["00010002"].is_kept_back
    shown = suppress(_parts({"00010001": 40, "00010002": 9}, ["00010001", "00010002"]))
    assert not any(number.is_kept_back for number in shown.values())


def test_entries_of_old_units_count_only_where_all_their_people_are_covered():
    # 0002 and 0003 became 00010001; 0004 was split
    by = Map(
        TODAY,
        {
            "0002": frozenset({"00010001"}),
            "0003": frozenset({"00010001"}),
            "0004": frozenset({"00010001", "00010002"}),
        },
    )
    places = ["00020001", "0003", "0004"]
    assert entries_brought_home({"0002": 10, "0003": 5}, places, by) == {"00010001": 15}
    assert entries_brought_home({"0002": 10}, places, by) == {}
    assert entries_brought_home({"0002": 10, "0003": 5, "0004": 3, "00010001": 40}, places, by) == {"00010001": 40}
    assert entries_brought_home({"0002": 10}, places, replace(by, heirs={})) == {"0002": 10}
