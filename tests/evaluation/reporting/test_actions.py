import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from evaluation.reporting.actions import enter_denominator, load_targets
from evaluation.reporting.definitions import Measure
from evaluation.reporting.models import Denominator, Target
from tests.factories.evaluation import AT, YEAR

pytestmark = pytest.mark.usefixtures("entered_adults")

ADULTS, STAFF = Measure.ADULTS_TITLED, Measure.STAFF_TITLED


def enter(standing, **changes):
    values = {"unit": standing.association, "year": YEAR, "measure": ADULTS, "value": 40, "by": standing.dung, "at": AT}
    return enter_denominator(**{**values, **changes})


def test_the_plans_ten_targets_are_loaded_once(db):
    first = load_targets(by=None, at=AT)
    assert load_targets(by=None, at=AT) == first
    assert Target.objects.count() == 10
    by_year = {(target.measure, target.until): target.percent for target in Target.objects.all()}
    assert by_year[ADULTS, 2025], by_year[ADULTS, 2030] == (40, 60)
    assert by_year[STAFF, 2025], by_year[STAFF, 2030] == (60, 80)
    assert ModelLogEntry.objects.filter(action="reporting.load_target").count() == 10


def test_an_edited_target_is_left_as_it_is(db):
    load_targets(by=None, at=AT)
    Target.objects.filter(measure=ADULTS, until=2030).update(percent=65)
    load_targets(by=None, at=AT)
    assert Target.objects.get(measure=ADULTS, until=2030).percent == 65


def test_the_year_works_towards_the_next_target_to_come_due(db):
    load_targets(by=None, at=AT)
    assert {target.until for target in Target.objects.for_year(2025)} == {2025}
    assert {target.until for target in Target.objects.for_year(2026)} == {2030}
    assert {target.until for target in Target.objects.for_year(2031)} == {2030}
    assert len(Target.objects.for_year(2026)) == 5


def test_an_officer_enters_a_figure_and_may_correct_it(world):
    enter(world)
    assert enter(world, value=41).value == 41
    assert Denominator.objects.count() == 1
    changes = [entry.data["before"] for entry in ModelLogEntry.objects.filter(action="reporting.enter_denominator")]
    assert set(changes) == {None, 40}


def test_entering_the_same_figure_twice_changes_nothing(world):
    assert enter(world) == enter(world)
    assert ModelLogEntry.objects.filter(action="reporting.enter_denominator").count() == 1


@pytest.mark.parametrize("name", ["an", "chi", "lan", "minh", "ha", "binh"])
def test_others_enter_nothing(world, name):
    with pytest.raises(PermissionDenied):
        enter(world, by=getattr(world, name))
    assert not Denominator.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"value": 0}, {"value": -3}, {"value": 10**9}, {"year": 1999}, {"year": 2099}, {"measure": "digital_skills"}],
)
def test_impossible_figures_are_refused(world, change):
    with pytest.raises(ValidationError):
        enter(world, **change)
