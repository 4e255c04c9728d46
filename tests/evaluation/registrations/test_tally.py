"""Registered against recognised, by target group and by unit."""

import datetime

from django.urls import reverse
from django.utils import timezone

from evaluation.criteria.models import CriteriaSet
from evaluation.dossiers.models import Dossier, ReviewChain
from evaluation.registrations.actions import register
from evaluation.registrations.models import Registration
from evaluation.registrations.tally import counted
from membership.models import Unit, UnitKind
from tests.evaluation.registrations.test_registering import YEAR, member, noted
from tests.factories.people import add_unit
from tests.queries import assert_constant_queries


def figures(tally):
    return tally.registered, tally.fulfilled, tally.recognised


def recognise(standing, person, group="residents"):
    """As the chain leaves it; how it comes there is shown elsewhere."""
    return Dossier.objects.create(
        person=person, year=YEAR, unit=standing.chapter, group=group, criteria_set=CriteriaSet.objects.first(),
        chain=ReviewChain.objects.filter(group=group).first(),
        state=Dossier.State.RECOGNISED, opened_at=timezone.now(),
    )  # fmt: skip


def test_sums_over_groups_and_units_are_equal(world):
    one, two, three = (member(world, f"Hội viên {number}") for number in range(3))
    noted(world, one, two)
    recognise(world, one)
    recognise(world, three)  # without having registered
    Registration.objects.filter(person=two).update(group="workers")

    found = counted(world.commune, YEAR, "nơi đây")
    assert figures(found.total) == (2, 1, 2)
    for rows in (found.groups, found.units):
        assert tuple(map(sum, zip(*map(figures, rows), strict=True))) == figures(found.total)
    by_group = {row.label: figures(row) for row in found.groups}
    assert sorted(by_group.values()) == [(0, 0, 0), (0, 0, 0), (1, 0, 0), (1, 1, 2)]
    assert counted(world.foreign_chapter, YEAR, "nơi đây").units == []


def test_a_title_that_is_revoked_is_none(world):
    one = member(world, "Hội viên")
    noted(world, one)
    given = recognise(world, one)
    given.state = Dossier.State.REVOKED
    given.save()
    assert figures(counted(world.chapter, YEAR, "nơi đây").total) == (1, 0, 0)


def test_the_page_leads_down_and_is_for_who_sees_figures(standing, client):
    register(person=standing.an.person, year=YEAR, by=standing.an, at=timezone.now())
    client.force_login(standing.dung)
    page = client.get(reverse("registrations:own_figures"))
    assert page.context["found"].total.registered == 1
    below = reverse("registrations:figures", args=[standing.chapter.code])
    assert client.get(below).status_code == 200
    client.force_login(standing.an)
    assert client.get(below).status_code == 404


def test_a_code_that_two_units_bore_is_that_of_the_year(standing, client):
    """After a decree the new unit bears the old one's code."""
    old = standing.chapter
    Unit.objects.filter(pk=old.pk).update(valid_from=datetime.date(2020, 1, 1), valid_to=datetime.date(YEAR, 1, 1))
    new = add_unit(standing.association, UnitKind.CHAPTER, old.code, "Chi hội mới")
    Unit.objects.filter(pk=new.pk).update(valid_from=datetime.date(YEAR, 1, 1))
    client.force_login(standing.dung)
    for name in ("registrations:figures", "sessions:rollup"):
        address = reverse(name, args=[old.code])
        assert client.get(address).context["view"].unit == new
        assert client.get(address, {"nam": YEAR - 1}).context["view"].unit == old


def test_more_units_and_people_need_no_more_queries(standing, client):
    client.force_login(standing.dung)
    assert_constant_queries(
        lambda: client.get(reverse("registrations:own_figures")),
        lambda: [noted(standing, member(standing, f"Hội viên {number}")) for number in range(5)],
    )
