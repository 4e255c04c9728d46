"""A year of two hundred people, or of SIZE: a digest a week at most, none after finishing, every last day told."""

import os
from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import F

from membership.models import User
from notices.actions import Told, send_digests, send_urgent, tell
from notices.models import Delivery, Notice
from tests.factories.people import PersonFactory
from tests.notices.kinds import MONDAY

pytestmark = pytest.mark.django_db
PEOPLE = int(os.environ.get("SIZE", "200"))  # `make bench-year` has 1,000
WEEKS, EVERY = 52, 8  # a last day every so many weeks
WEEK = timedelta(days=7)


def test_a_year_of_notices(standing, urgent, weekly, done):
    people = PersonFactory.create_batch(PEOPLE)
    User.objects.bulk_create(
        [User(username=f"nam{one.pk}", email=f"nam{one.pk}@example.vn", person=one, is_active=True) for one in people]
    )
    finishes = {one.pk: number % (WEEKS + 8) for number, one in enumerate(people)}  # some never do
    for week in range(WEEKS):
        at = MONDAY + week * WEEK
        done.update(person for person, last in finishes.items() if last <= week)
        nudged = [one.pk for number, one in enumerate(people) if (number + week) % 4 == 0]
        _told(weekly, nudged, week, at - timedelta(days=2))
        if week % EVERY == 0:
            _told(urgent, finishes, week, at - timedelta(hours=1))
        for _minute in range(2):
            send_urgent(at=at)
            send_digests(at=at)
    digests = Delivery.objects.exclude(week=None)
    assert digests.exists()
    assert max(Counter(digests.values_list("person", "week")).values()) == 1
    _assert_none_after_finishing(finishes)
    due = {(person, str(week)) for person, last in finishes.items() for week in range(0, WEEKS, EVERY) if week < last}
    told = Notice.objects.filter(kind=urgent.key, deliveries__week=None, deliveries__isnull=False)
    assert set(told.values_list("person", "key")) == due


def _told(kind, people, week, at):
    told = [Told(person_id=pk, key=str(week), subject=pk, values={"number": week}) for pk in people]
    tell(kind=kind, told=told, at=at)


def _assert_none_after_finishing(finishes):
    sent = Delivery.objects.annotate(to=F("person")).values_list("to", "at")
    late = [person for person, at in sent if (at - MONDAY) // WEEK >= finishes[person]]
    assert late == []
