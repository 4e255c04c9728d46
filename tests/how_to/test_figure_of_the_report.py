"""docs/how-to/figure-of-the-report.md, walked through: how many members hold the title."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.urls import reverse

from evaluation.reporting.actions import load_targets
from evaluation.reporting.definitions import AIMS, DEFINITIONS, Aim, Definition, register
from evaluation.reporting.figures import overview
from evaluation.reporting.models import Target
from evaluation.reporting.report_papers import annual_report
from membership.models import Membership
from tests.factories.evaluation import AT, YEAR, sample_criteria

TITLED = Aim("members_titled", "Hội viên có danh hiệu", {2030: 50})
FIGURE = Definition(
    "members_titled", TITLED.key, "Hội viên đạt danh hiệu", "Hội viên",
    "titled", "người có danh hiệu", "members", "hội viên tính đến ngày chốt",
)  # fmt: skip


@pytest.fixture
def figure() -> Iterator[Definition]:
    register(TITLED, FIGURE)
    yield FIGURE
    DEFINITIONS.remove(FIGURE)
    del AIMS[TITLED.key]


@pytest.fixture
def world(standing, figure):
    sample_criteria()
    load_targets(by=None, at=AT)
    return standing


def test_officers_find_it_beside_the_targets_of_the_plan(world, client):
    client.force_login(world.giang)
    page = client.get(reverse("reporting:targets", args=[world.province.code]), {"nam": YEAR}).content.decode()
    for words in (FIGURE.label, FIGURE.numerator_words, FIGURE.denominator_words):
        assert words in page
    found = overview(world.province, YEAR, AT.date()).figures[-1]
    assert (found.definition, found.percent_goal, found.until) == (FIGURE, 50, 2030)
    assert found.denominator == Membership.objects.on(AT.date()).values("person").distinct().count()
    assert str(Target.objects.get(measure=TITLED.key)) == "Hội viên có danh hiệu 2030"


def test_the_report_names_it(world):
    paper = annual_report(overview(world.province, YEAR, AT.date()))
    assert [FIGURE.label, f"0 {FIGURE.numerator_words}"] == paper.table.rows[-1][1:3]


def test_no_migration_is_wanted(db, figure):
    call_command("makemigrations", "reporting", check_changes=True, dry_run=True)
