"""A series, the year's plan, and what units held, added up."""

import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from learning.sessions.actions import How, SessionRefusedError, note_attendance, repeat
from learning.sessions.models import Session
from learning.sessions.recurrence import Every, days_after
from learning.sessions.rollup import tallies, total_of
from tests.learning.sessions.test_planning import go, planned

HOUR = datetime.timedelta(hours=1)


def test_a_month_without_that_day_takes_its_last():
    days = days_after(datetime.date(2027, 1, 31), Every.MONTH, datetime.date(2027, 4, 30))
    assert [f"{day:%d/%m}" for day in days] == ["28/02", "31/03", "30/04"]


def again(session, by, weeks=3, every=Every.WEEK):
    until = timezone.localdate(session.starts_at) + datetime.timedelta(weeks=weeks)
    return repeat(session=session, every=every, until=until, by=by, at=timezone.now())


def test_repeated_twice_it_is_planned_once_and_each_at_the_same_hour(standing):
    session = planned(standing)
    assert (len(again(session, standing.dung)), len(again(session, standing.dung, weeks=4))) == (3, 1)
    session.refresh_from_db()
    others = list(Session.objects.of_series(session))
    assert {one.starts_at - session.starts_at for one in others} == {datetime.timedelta(weeks=n) for n in range(1, 5)}
    with pytest.raises(SessionRefusedError):
        again(session, standing.dung, weeks=0)
    with pytest.raises(SessionRefusedError):
        again(session, standing.dung, weeks=100)
    with pytest.raises(PermissionDenied):
        again(session, standing.ha)


def test_an_officer_repeats_copies_and_takes_the_plan_along(standing, client):
    session = planned(standing)
    client.force_login(standing.dung)
    day = timezone.localdate(session.starts_at)
    until = {"every": "week", "until": (day + datetime.timedelta(weeks=1)).isoformat()}
    assert client.post(reverse("sessions:repeat", args=[session.pk]), until).status_code == 302
    assert session.title in client.get(reverse("sessions:hold"), {"tu": str(session.pk)}).text
    page = client.get(reverse("sessions:plan"), {"nam": day.year})
    assert session.title in page.text
    paper = client.get(reverse("sessions:plan_paper", args=["pdf"]), {"nam": day.year})
    assert session.title in " ".join(PdfReader(io.BytesIO(paper.content)).pages[0].extract_text().split())
    assert client.get(reverse("sessions:plan"), {"nam": "x"}).status_code == 404
    first = client.get(reverse("sessions:plan"), {"nam": 2020}).text
    assert "nam=2019" not in first
    assert "nam=2021" in first
    client.force_login(standing.an)
    for name, keys in (("plan", []), ("plan_paper", ["pdf"]), ("repeat", [session.pk]), ("rollup", [])):
        assert client.get(reverse(f"sessions:{name}", args=keys)).status_code == 404


def test_what_is_closed_is_added_up_by_unit_and_one_person_is_one(standing, client):
    now = timezone.now()
    for unit in (standing.chapter, standing.association):
        held = planned(standing, unit=unit, starts_at=now - 2 * HOUR, ends_at=now)
        people = [standing.an.person, standing.dung.person] if unit == standing.association else [standing.an.person]
        note_attendance(session=held, people=people, how=How.LIST, by=standing.dung, at=now)
        if unit == standing.association:
            go(held, "close", standing.dung)
        else:
            closed = go(held, "close", standing.dung)
    year = timezone.localdate(closed.starts_at).year
    rows = tallies(standing.association, year)
    assert [(row.unit, row.sessions, row.present, round(row.attended, 1)) for row in rows] == [
        (None, 1, 1, 2.0),
        (standing.chapter, 1, 1, 2.0),
    ]
    total = total_of(standing.association, year, rows)
    assert (total.sessions, total.present, total.people) == (2, 2, 1)
    client.force_login(standing.dung)
    page = client.get(reverse("sessions:rollup", args=[standing.association.code]), {"nam": year})
    assert reverse("sessions:rollup", args=[standing.chapter.code]) in page.text
    client.force_login(standing.ha)
    assert client.get(reverse("sessions:rollup", args=[standing.association.code])).status_code == 404
