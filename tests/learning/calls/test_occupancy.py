import datetime

import pytest
from django.utils import timezone

from learning.calls.actions import extend
from learning.calls.occupancy import CALLS, calls_under_way
from membership.registries import following
from tests.learning.calls.conftest import TODAY


@pytest.mark.parametrize(("days", "goes_along"), [((0, 10), True), ((-20, -5), False)])
def test_a_call_under_way_goes_along_when_its_unit_lives_on_in_another(school, days, goes_along):
    call = school.call(days=days)
    carried = {follower.key: numbers for follower, numbers in following.counts(TODAY)}[CALLS.key]
    assert carried == ({call.unit_id: 1} if goes_along else {})
    assert bool(list(calls_under_way([call.unit], TODAY))) == goes_along


def test_so_does_one_in_which_somebody_was_given_longer(school):
    call = school.call(days=(-20, -5))
    called = call.people.get(person=school.standing.an.person)
    extend(called=called, until=TODAY + datetime.timedelta(days=9), why="", by=school.standing.chi, at=timezone.now())
    assert list(CALLS.rows(TODAY)) == [call]
