"""A session of several days, each with its own hours: on its pages, papers and in calendars; the door opens on each."""

import datetime
import io
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from learning.evidence.actions import RecordRefusedError
from learning.sessions import notices
from learning.sessions.actions import SessionRefusedError, change_session, check_in, invite, repeat
from learning.sessions.certificate import days_of
from learning.sessions.codes import ticket_for
from learning.sessions.duration import in_lines, in_one_line
from learning.sessions.models import AttendanceCertificate, Session, State
from learning.sessions.recurrence import Every
from learning.sessions.rollup import tallies
from membership.registries.groups import Chosen
from notices.actions.feeds import renew_feed
from notices.calendars import address_of
from notices.models import Notice
from tests.learning.sessions.test_planning import go, planned, say
from tests.node import node
from tests.notices.test_carried import NOON, read, sent, to_an
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
    for days in (DAYS[1:], [(EIGHT, EIGHT + HOUR), *DAYS[1:]]):
        with pytest.raises(SessionRefusedError):
            change(session, standing.dung, days=days)


def test_a_day_that_has_not_begun_can_still_be_moved_or_fall_away_and_who_comes_is_told(session, standing):
    go(session, "announce", standing.dung)
    say(session, standing.an)
    Session.objects.filter(pk=session.pk).update(state=State.HELD)
    evening = DAYS[0][1] + 8 * HOUR
    later = [*DAYS[:2], (DAYS[2][0] + DAY, DAYS[2][1] + DAY)]
    for number, days in enumerate((later, later, DAYS[:2])):
        change_session(session=session, by=standing.dung, at=evening + number * HOUR, days=days)
    assert Session.objects.with_days().get(pk=session.pk).periods == DAYS[:2]
    first, second = Notice.objects.filter(person=standing.an.person, kind=notices.CHANGED.key).order_by("at", "pk")
    assert all(f"{begins:%H:%M %d/%m/%Y}" in first.words for begins, _ends in later)
    assert f"{DAYS[2][0]:%d/%m/%Y}" not in second.words
    with pytest.raises(SessionRefusedError):
        change_session(session=session, by=standing.dung, at=DAYS[1][0] + HOUR, days=DAYS[:1])
    change_session(session=session, by=standing.dung, at=DAYS[1][1] + HOUR, place="Nơi khác")  # it is over
    assert Notice.objects.filter(kind=notices.CHANGED.key).count() == 2


@pytest.mark.parametrize(("now", "is_due"), [(DAYS[0][1] + HOUR, True), (DAYS[2][1], False)])
def test_a_change_is_told_until_the_last_day_is_over(session, standing, monkeypatch, now, is_due):
    go(session, "announce", standing.dung)
    said = say(session, standing.an)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert notices.CHANGED.still_due().filter(pk=said.pk).exists() is is_due


def test_ones_own_calendar_and_the_letters_carry_each_day_until_they_cancel_it(session, standing, client, settings):
    feed = address_of(renew_feed(person=standing.an.person)).removeprefix(settings.BASE_URL)
    invite(session=session, group=Chosen("unit:", "Cả đơn vị"), by=standing.dung, at=timezone.now())
    go(session, "announce", standing.dung)
    sent()
    say(session, standing.an)
    change(session, standing.dung, days=[DAYS[0], (DAYS[1][0] + HOUR, DAYS[1][1])])
    sent(NOON + HOUR)
    (changed,) = events(client, feed)
    go(session, "cancel", standing.dung)
    sent(NOON + 2 * HOUR)
    (cancelled,) = events(client, feed)
    first, second, third = [one["events"] for one in read(*to_an())]
    unstamped = [[event | {"stamp": ""} for event in some] for some in (changed, second, cancelled, third)]
    assert unstamped[0] == unstamped[1]
    assert unstamped[2] == unstamped[3]
    assert [event["begins"] for event in first] == [utc(begins) for begins, _ends in DAYS]
    assert [event["status"] for event in second] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert second[1]["begins"] == utc(DAYS[1][0] + HOUR)
    assert {event["status"] for event in third} == {"CANCELLED"}
    assert [event["uid"] for event in first] == [event["uid"] for event in second] == [one["uid"] for one in third]
    numbers = [some[0]["sequence"] for some in (first, second, third)]
    assert numbers == sorted(set(numbers))


def test_lists_their_files_and_the_page_that_verifies_tell_each_day(session, standing, client):
    go(session, "announce", standing.dung)
    client.force_login(standing.dung)
    lists = [reverse("sessions:sessions"), f"{reverse('sessions:plan')}?nam={EIGHT.year}"]
    files = [client.get(f"{page}{'&' if '?' in page else '?'}export=csv") for page in lists]
    told = [client.get(page).text for page in lists] + [file.getvalue().decode() for file in files]
    given = AttendanceCertificate.objects.create(session=session, person=standing.dung.person, issued_at=timezone.now())
    told += [client.get(reverse("sessions:verify", args=[given.code])).text, client.get("/buoi-tap-huan/").text]
    for begins, ends in DAYS:
        line = f"{begins:%H:%M}–{ends:%H:%M}, {begins:%d/%m/%Y}"
        assert all(line in one for one in told)


def test_of_many_days_a_line_tells_the_first_and_the_last():
    days = [(EIGHT + number * DAY, EIGHT + number * DAY + HOUR) for number in range(6)]
    assert in_one_line(in_lines(days)) == f"08:00–09:00, {EIGHT:%d/%m/%Y}; …; 08:00–09:00, {days[-1][0]:%d/%m/%Y}"
    assert in_lines([(EIGHT, EIGHT + DAY)]) == [f"08:00, {EIGHT:%d/%m/%Y} – 08:00, {days[1][0]:%d/%m/%Y}"]


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
