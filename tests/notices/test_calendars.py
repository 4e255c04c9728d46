"""One's own calendar: by a secret address that can be renewed, read by another parser, of nobody else."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from evaluation.dossiers.actions import set_deadline
from evaluation.dossiers.dated import last_days
from learning.sessions.actions import hold_session, move_session, reply
from membership.actions import erase_person
from membership.export import export
from notices.actions.feeds import end_feed, renew_feed
from notices.calendars import address_of, calendar_of
from notices.models import CalendarFeed
from notices.registries import dated
from notices.registries.dated import Dated
from tests.factories.evaluation import AT, YEAR, draft_dossier, sample_criteria
from tests.learning.calls.conftest import school  # noqa: F401
from tests.notices.kinds import FRIDAY, MONDAY

pytestmark = pytest.mark.django_db
PAGE = "/thong-bao/lich/"


@pytest.fixture
def path(standing, settings):
    return lambda: address_of(renew_feed(person=standing.an.person)).removeprefix(settings.BASE_URL)


def events(content):
    return {str(event["summary"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def test_a_call_stands_in_the_calendar_of_who_is_called_until_it_is_done(client, school, path):  # noqa: F811
    call, address = school.call(), path()
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    event = events(answer.content)["Hạn cuối: Học bộ tiêu chí"]
    assert event.decoded("dtstart") == call.last_day
    assert "Trước kỳ xét" not in answer.text
    school.finish(school.standing.an)
    assert events(client.get(address).content) == {}


def test_the_dossiers_last_day_is_dated_until_it_is_handed_in(standing):
    sample_criteria()
    day = AT.date()
    draft_dossier(standing.an)
    set_deadline(unit=standing.association, year=YEAR, last_day=day + timedelta(days=9), by=standing.dung, at=AT)
    (one,) = last_days(standing.an.person_id, day)
    assert one.begins == day + timedelta(days=9)
    assert list(last_days(standing.an.person_id, day + timedelta(days=10))) == []


def test_sessions_to_which_one_comes(client, standing, path):
    at = timezone.now()
    session = hold_session(
        token=uuid.uuid4(), unit=standing.chapter, title="Nuôi ong", place="Nhà văn hóa", by=standing.chi, at=at,
        starts_at=at + timedelta(days=3), ends_at=at + timedelta(days=3, hours=2), topics=[],
    )  # fmt: skip
    move_session(session=session, step="announce", by=standing.chi, at=at)
    reply(session=session, is_coming=True, by=standing.an, at=at)
    assert set(events(client.get(path()).content)) == {"Nuôi ong"}


def test_an_hour_is_told_in_utc_and_what_is_cancelled_says_so(settings):
    event = events(calendar_of([Dated(key="1", title="Họp", begins=FRIDAY, ends=MONDAY, is_cancelled=True)], FRIDAY))[
        "Họp"
    ]
    assert event.decoded("dtstart") == FRIDAY
    assert (str(event["status"]), str(event["uid"]).startswith("1@")) == ("CANCELLED", True)


def test_renewing_and_ending_close_the_old_address(client, standing, path, monkeypatch):
    monkeypatch.setattr(dated, "sources", [])
    first, second = path(), path()
    assert [client.get(address).status_code for address in (first, second)] == [404, 200]
    assert client.get(second.replace(".ics", "x.ics")).status_code == 404
    end_feed(person=standing.an.person)
    assert client.get(second).status_code == 404


def test_the_page_makes_renews_and_ends_ones_own(client, standing):
    client.force_login(standing.an)
    client.get(PAGE)
    assert not CalendarFeed.objects.exists()
    client.post(PAGE, {"do": "renew"})
    assert address_of(CalendarFeed.objects.get(person=standing.an.person)) in client.get(PAGE).text
    client.post(PAGE, {"do": "end"})
    assert ".ics" not in client.get(PAGE).text


@pytest.mark.parametrize("name", ["withdrawn_at", "restricted_at"])
def test_who_asked_that_nothing_be_used_has_no_calendar(client, standing, path, name):
    address = path()
    setattr(standing.an.person, name, timezone.now())
    standing.an.person.save()
    assert client.get(address).status_code == 404


def test_it_is_taken_along_and_erased(client, standing, path):
    address = path()
    assert export(standing.an.person)["calendar_address"] == [{"number": 1, "is_open": True}]
    erase_person(person=standing.an.person, by=standing.an, at=timezone.now())
    assert not CalendarFeed.objects.exists()
    assert client.get(address).status_code == 404
