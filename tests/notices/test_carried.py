"""What has a day comes along with the letter that tells it, as a calendar that another parser reads; what changes or is
cancelled takes the place of what it was, in files and in one's own calendar too."""

import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from evaluation.dossiers.actions import set_deadline
from evaluation.dossiers.notices import tell_of_deadlines
from learning.calls.actions import cancel, change, extend
from learning.calls.actions.calls import Terms
from learning.calls.models import Called
from learning.sessions.actions import change_session, invite, move_session
from membership.registries.groups import Chosen
from notices.actions import send_digests, send_urgent
from notices.actions.feeds import renew_feed
from notices.calendars import address_of
from notices.models import Notice
from tests.factories.evaluation import YEAR, draft_dossier, sample_criteria
from tests.learning.calls.conftest import school  # noqa: F401
from tests.learning.sessions.test_planning import go, planned, say
from tests.node import node
from tests.notices.kinds import letters
from tests.queries import count_queries
from work.models import Letter

pytestmark = pytest.mark.django_db
NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
DAY = datetime.timedelta(days=1)
HOST = "@localhost:8000"


def read(*calendars):
    return node(Path(__file__).parent / "parser" / "read.mjs", calendars)


def carried(letter):
    """By Python's own parser: one part, said to be what it is."""
    (part,) = letter.iter_attachments()
    assert (part.get_content_type(), part.get_filename()) == ("text/calendar", "lich.ics")
    assert dict(part["Content-Type"].params) | {"method": "PUBLISH", "charset": "utf-8"} == part["Content-Type"].params
    return part.get_content()


def to_an():
    """The calendars in letters to An, the oldest first."""
    return [carried(letter) for letter in letters() if letter["To"] == "an@example.vn"]


def sent(at=NOON):
    """Everything that waits, told at noon: nobody's night."""
    Notice.objects.filter(passed_on_at=None).update(at=at)
    return send_urgent(at=at)


def test_a_session_that_changes_or_is_cancelled_replaces_what_the_letter_before_said(client, standing, settings):
    session = planned(standing, unit=standing.chapter, by=standing.chi)
    feed = address_of(renew_feed(person=standing.an.person)).removeprefix(settings.BASE_URL)
    client.force_login(standing.an)
    invite(session=session, group=Chosen("unit:", "Cả đơn vị"), by=standing.chi, at=timezone.now())
    go(session, "announce", standing.chi)
    sent()
    say(session, standing.an, True)
    moved = session.starts_at + DAY
    values = {"starts_at": moved, "ends_at": moved + DAY / 8, "place": "Nhà văn hóa; phòng 2"}
    change_session(session=session, by=standing.chi, at=timezone.now(), **values)
    sent(NOON + datetime.timedelta(minutes=5))
    pages = (feed, f"/buoi-tap-huan/{session.pk}/lich.ics", "/buoi-tap-huan/lich.ics")
    files = [client.get(page).text for page in pages]
    go(session, "cancel", standing.chi)
    sent(NOON + datetime.timedelta(minutes=10))
    files.append(client.get(feed).text)

    found = read(*to_an(), *files)
    assert {one["method"] for one in found} == {"PUBLISH"}
    first, second, third, *others, last = [event for one in found for event in one["events"]]
    assert {event["uid"] for event in (first, second, third, *others, last)} == {f"{session.pk}{HOST}"}
    assert first["sequence"] < second["sequence"] < third["sequence"]
    assert [event["status"] for event in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert second["begins"] == f"{moved.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%S.000Z}"
    assert second["location"] == "Nhà văn hóa; phòng 2"
    for event in others:
        assert event | {"stamp": ""} == second | {"stamp": ""}
    assert last | {"stamp": ""} == third | {"stamp": ""}


def test_a_calls_last_day_comes_along_at_once_and_with_the_letter_of_the_week(client, school, settings):  # noqa: F811
    feed = address_of(renew_feed(person=school.standing.an.person)).removeprefix(settings.BASE_URL)
    call, chi = school.call(), school.standing.chi
    sent()
    later = call.last_day + 4 * DAY
    change(call=call, terms=Terms(call.first_day, later, "", ""), by=chi, at=timezone.now())
    changed = client.get(feed).text
    row = Called.objects.get(person=school.standing.an.person)
    extend(called=row, until=later + DAY, why="Ốm", by=chi, at=timezone.now())
    Notice.objects.filter(passed_on_at=None).update(at=NOON - 7 * DAY)
    send_digests(at=NOON)
    cancel(call=call, by=chi, at=timezone.now())
    Notice.objects.filter(passed_on_at=None).update(at=NOON - DAY)
    send_digests(at=NOON + 7 * DAY)
    found = read(changed, *to_an())
    all_changed, first, second, third = [one["events"] for one in found]
    (for_all,), (called,), (extended,), (cancelled,) = all_changed, first, second, third
    assert (called["begins"], called["isDay"]) == (call.last_day.isoformat(), True)
    assert (for_all["begins"], extended["begins"]) == (later.isoformat(), (later + DAY).isoformat())
    assert {event["uid"] for event in (for_all, called, extended, cancelled)} == {f"call-{call.pk}{HOST}"}
    numbers = [event["sequence"] for event in (called, for_all, extended, cancelled)]
    assert numbers == sorted(set(numbers))
    assert (extended["status"], cancelled["status"]) == ("CONFIRMED", "CANCELLED")


def test_a_last_day_that_is_moved_or_that_a_nearer_unit_sets_rises_too(standing):
    sample_criteria()
    draft_dossier(standing.an)
    day = timezone.localdate()
    for days, unit, by in ((5, standing.province, standing.giang), (6, standing.association, standing.dung)):
        set_deadline(unit=unit, year=YEAR, last_day=day + days * DAY, by=by, at=NOON)
        tell_of_deadlines(at=NOON)
        sent()
    (first,), (second,) = [one["events"] for one in read(*to_an())]
    assert first["uid"] == second["uid"]
    assert first["sequence"] < second["sequence"]
    assert (first["begins"], second["begins"]) == ((day + 5 * DAY).isoformat(), (day + 6 * DAY).isoformat())


def test_many_letters_ask_no_more_than_one(standing):
    """Nor is a calendar written for each: those who are told the same carry the same."""
    counts = []
    for group in ("teachers", "unit:"):
        session = planned(standing, unit=standing.chapter, by=standing.chi)
        move_session(session=session, step="announce", by=standing.chi, at=timezone.now())
        invite(session=session, group=Chosen("unit:", "Cả đơn vị"), by=standing.chi, at=timezone.now())
        if group == "teachers":
            Notice.objects.filter(person=standing.chi.person).delete()
        counts.append(count_queries(lambda: sent()))
    assert Letter.objects.count() == 3
    assert counts[0] >= counts[1]
