"""A session of several days, each with its own hours: on its pages, papers and in calendars; the door opens on each."""

import datetime
import io
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from learning.evidence.actions import RecordRefusedError
from learning.sessions.actions import SessionRefusedError, change_session, check_in, repeat
from learning.sessions.certificate import days_of
from learning.sessions.codes import ticket_for
from learning.sessions.models import Session, State
from learning.sessions.recurrence import Every
from learning.sessions.rollup import tallies
from tests.learning.sessions.test_planning import go, planned, say
from tests.node import node
from tests.queries import assert_constant_queries

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
EIGHT = (timezone.localtime() + 3 * DAY).replace(hour=8, minute=0, second=0, microsecond=0)
DAYS = [
    (EIGHT, EIGHT + 3 * HOUR),
    (EIGHT + 29 * HOUR, EIGHT + 33 * HOUR),
    (EIGHT + 6 * DAY, EIGHT + 6 * DAY + HOUR),
]
READER = Path(__file__).parents[2] / "notices" / "parser" / "read.mjs"


@pytest.fixture
def session(standing):
    return planned(standing, days=DAYS)


def change(session, by, **values):
    return change_session(session=session, by=by, at=timezone.now(), **values)


def events(client, *addresses):
    return [one["events"] for one in node(READER, [client.get(address).text for address in addresses])]


def utc(moment):
    return f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%S.000Z}"


def text_of(answer):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def test_it_lasts_from_its_first_day_until_its_last_and_its_hours_add_up(session):
    assert (session.starts_at, session.ends_at, session.hours) == (DAYS[0][0], DAYS[2][1], 8)
    assert Session.objects.with_days().get(pk=session.pk).periods == DAYS


def test_without_days_of_its_own_each_has_the_same_hours(standing):
    session = planned(standing, starts_at=EIGHT, ends_at=EIGHT + DAY + HOUR)
    assert (session.periods, session.days.count()) == ([(EIGHT, EIGHT + HOUR), (EIGHT + DAY, EIGHT + DAY + HOUR)], 0)


@pytest.mark.parametrize("days", [[DAYS[1], DAYS[0]], [DAYS[0], DAYS[0]], [(EIGHT, EIGHT)]])
def test_days_that_run_into_each_other_are_refused(session, standing, days):
    with pytest.raises(RecordRefusedError):
        change(session, standing.dung, days=days)
    with pytest.raises(RecordRefusedError):
        planned(standing, days=days)


def test_the_same_days_again_change_nothing_and_once_somebody_is_noted_they_stay(session, standing):
    go(session, "announce", standing.dung)
    assert change(session, standing.dung, days=DAYS).most_days == 1  # as it was: nothing was written
    Session.objects.filter(pk=session.pk).update(state=State.HELD)
    with pytest.raises(SessionRefusedError):
        change(session, standing.dung, days=DAYS[:2])


def test_the_door_is_open_on_each_day_and_closed_between_them(session, standing):
    go(session, "announce", standing.dung)
    given = {"ticket": ticket_for(session.pk), "by": standing.an}
    with pytest.raises(RecordRefusedError):
        check_in(**given, at=DAYS[0][1] + 2 * HOUR)
    assert check_in(**given, at=DAYS[1][0] - HOUR / 4)


def test_calendars_have_an_event_a_day_and_one_that_falls_away_is_cancelled(session, standing, client):
    go(session, "announce", standing.dung)
    file = reverse("sessions:file", args=[session.pk])
    client.force_login(standing.an)
    (before, all_before) = events(client, file, "/buoi-tap-huan/lich.ics")
    assert [(event["begins"], event["status"]) for event in before] == [(utc(day), "CONFIRMED") for day, _end in DAYS]
    assert len({event["uid"] for event in before}) == 3
    assert before[0]["uid"].startswith(f"{session.pk}@")
    assert [event["uid"] for event in all_before] == [event["uid"] for event in before]
    change(session, standing.dung, days=[DAYS[0], (DAYS[1][0] + HOUR, DAYS[1][1])])
    (after,) = events(client, file)
    assert [event["uid"] for event in after] == [event["uid"] for event in before]
    assert [event["status"] for event in after] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert after[1]["begins"] == utc(DAYS[1][0] + HOUR)
    assert {event["sequence"] > before[0]["sequence"] for event in after} == {True}
    go(session, "cancel", standing.dung)
    (last,) = events(client, file)
    assert {event["status"] for event in last} == {"CANCELLED"}
    assert len(last) == 3


def test_a_series_keeps_the_days_and_a_copy_the_hours(session, standing, client):
    until = timezone.localdate(EIGHT) + datetime.timedelta(weeks=2)
    new = repeat(session=session, every=Every.WEEK, until=until, by=standing.dung, at=timezone.now())
    assert [one.periods for one in new] == [
        [(begins + weeks * 7 * DAY, ends + weeks * 7 * DAY) for begins, ends in DAYS] for weeks in (1, 2)
    ]
    client.force_login(standing.dung)
    rows = client.get(reverse("sessions:hold"), {"tu": str(session.pk)}).context["form"].days
    assert [(row["day"].value(), str(row["begins"].value())) for row in rows] == [
        (None, "13:00:00"),
        (None, "08:00:00"),
    ]


def typed(form):
    return {
        field.html_name: "" if field.value() is None else field.value()
        for part in (form, form.days.management_form, *form.days)
        for field in part
    }


def test_an_officer_adds_a_day_changes_one_and_takes_one_out_without_a_script(session, standing, client):
    client.force_login(standing.dung)
    address = reverse("sessions:change", args=[session.pk])
    said = typed(client.get(address).context["form"])
    assert client.post(address, said).status_code == 302
    session.refresh_from_db()
    assert session.periods == DAYS
    wider = client.post(address, said | {"title": "Tên mới", "days-0-begins": "14:00", "more": "1"})
    assert (wider.status_code, len(wider.context["form"].days.forms)) == (200, 3)
    said = typed(wider.context["form"])
    assert (said["title"], said["days-0-begins"]) == ("Tên mới", "14:00")
    last = {"days-2-day": f"{EIGHT + 7 * DAY:%Y-%m-%d}", "days-2-begins": "08:00"}
    assert client.post(address, said | last).status_code == 422
    assert client.post(address, said | last | {"days-2-ends": "07:00"}).status_code == 422
    assert client.post(address, said | last | {"days-2-ends": "09:30", "days-1-is_out": "on"}).status_code == 302
    new = [DAYS[0], (DAYS[1][0] + HOUR, DAYS[1][1]), (EIGHT + 7 * DAY, EIGHT + 7 * DAY + 1.5 * HOUR)]
    assert Session.objects.with_days().get(pk=session.pk).periods == new


def test_a_row_gives_one_day_of_several_its_own_hours(session, standing, client):
    client.force_login(standing.dung)
    address = reverse("sessions:change", args=[session.pk])
    said = typed(client.get(address).context["form"])
    said |= {"last_day": f"{EIGHT + 2 * DAY:%Y-%m-%d}", "days-1-is_out": "on"}
    assert client.post(address, said).status_code == 302
    third = (EIGHT + 2 * DAY, EIGHT + 2 * DAY + 3 * HOUR)
    assert Session.objects.with_days().get(pk=session.pk).periods == [DAYS[0], DAYS[1], third]


def test_pages_and_papers_tell_the_hours_of_each_day(session, standing, client):
    go(session, "announce", standing.dung)
    client.force_login(standing.dung)
    for name, keys in (("page", [session.pk]), ("session", [session.pk]), ("upcoming", [])):
        shown = client.get(reverse(f"sessions:{name}", args=keys)).text
        assert all(f"{begins:%H:%M}–{ends:%H:%M}" in shown for begins, ends in DAYS)
    for name, keys in (("way", [session.pk]), ("minutes", [session.pk, "pdf"])):
        paper = text_of(client.get(reverse(f"sessions:{name}", args=keys)))
        assert all(f"từ {begins:%H:%M} đến {ends:%H:%M}" in paper for begins, ends in DAYS)
    plan = text_of(client.get(reverse("sessions:plan_paper", args=["pdf"]), {"nam": EIGHT.year}))
    assert all(f"{begins:%d/%m/%Y}" in plan for begins, _ends in DAYS)
    assert days_of(session) == "các ngày " + ", ".join(f"{begins:%d/%m/%Y}" for begins, _ends in DAYS)


def test_days_cost_lists_and_calendars_no_more_queries(session, standing, client):
    go(session, "announce", standing.dung)
    client.force_login(standing.dung)
    say(session, standing.dung)

    def more():
        other = planned(standing, days=DAYS)
        go(other, "announce", standing.dung)
        say(other, standing.dung)

    def read():
        client.get("/buoi-tap-huan/")
        client.get("/buoi-tap-huan/lich.ics")
        tallies(standing.association, EIGHT.year)

    assert_constant_queries(read, more)
