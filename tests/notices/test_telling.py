"""One event, one notice a person; and to whom none."""

import pytest
from django.utils import timezone

from membership.actions import erase_person
from membership.export import export
from notices.actions import forget_notices, move_notices
from notices.models import Delivery, Habits, Notice, Preference
from tests.factories.people import PersonFactory
from tests.notices.kinds import FRIDAY, MONDAY, told_about

pytestmark = pytest.mark.django_db


def test_one_event_is_told_once_to_each(standing, urgent):
    assert told_about(urgent, [standing.an, standing.an, standing.chi]) == 2
    assert told_about(urgent, [standing.an, standing.ha]) == 1
    assert Notice.objects.filter(person=standing.an.person).count() == 1


def test_who_asked_that_nothing_be_written_hears_only_what_they_are_owed(standing, urgent, monkeypatch):
    standing.an.person.withdrawn_at = FRIDAY
    standing.an.person.save()
    assert told_about(urgent, [standing.an]) == 0
    object.__setattr__(urgent, "is_owed", True)
    assert told_about(urgent, [standing.an]) == 1


def test_of_merged_records_the_one_that_stays_hears_it(standing, urgent, tell_an):
    old = PersonFactory(merged_into=standing.an.person)
    tell_an(urgent)
    told_about(urgent, [type("User", (), {"person_id": old.pk})], 2)
    assert set(Notice.objects.values_list("person", "key")) == {
        (standing.an.person_id, "1"),
        (standing.an.person_id, "2"),
    }


def test_an_erasure_takes_all_along(standing, urgent, tell_an):
    tell_an(urgent)
    Preference.objects.create(person=standing.an.person, kind=urgent.key, channel="email", is_wanted=False)
    Habits.objects.create(person=standing.an.person)
    Delivery.objects.create(person=standing.an.person, channel="email", at=FRIDAY).notices.set(Notice.objects.all())
    assert export(standing.an.person)["notices"][0]["words"] == "Điều 1 xảy ra."
    erase_person(person=standing.an.person, by=standing.an, at=timezone.now())
    assert not any(model.objects.exists() for model in (Notice, Preference, Habits, Delivery))
    assert told_about(urgent, [standing.an], 2) == 0


def test_what_two_records_were_told_stands_once_after_a_merge(standing, urgent):
    told_about(urgent, [standing.an, standing.chi])
    told_about(urgent, [standing.chi], 2)
    Habits.objects.create(person=standing.chi.person)
    move_notices(duplicate=standing.chi.person, into=standing.an.person, by=None, at=FRIDAY)
    assert list(Notice.objects.order_by("key").values_list("person", "key")) == [
        (standing.an.person_id, "1"),
        (standing.an.person_id, "2"),
    ]
    assert Habits.objects.get().person == standing.an.person


def test_what_was_read_long_ago_is_forgotten(urgent, tell_an):
    tell_an(urgent)
    assert forget_notices(at=MONDAY + 200 * (MONDAY - FRIDAY) / 3) == 0
    Notice.objects.update(seen_at=MONDAY)
    assert forget_notices(at=MONDAY + 200 * (MONDAY - FRIDAY) / 3) == 1
