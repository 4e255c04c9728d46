import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from learning.evidence.actions import RecordRefusedError
from learning.evidence.models import Evidence
from learning.evidence.registries import training
from learning.sessions.actions import (
    How,
    SessionRefusedError,
    change_session,
    check_in,
    hold_session,
    move_session,
    note_attendance,
    reply,
)
from learning.sessions.codes import ticket_for
from learning.sessions.models import Reply, Session, State
from learning.sessions.places import standing_of
from tests.queries import assert_constant_queries

DAY = datetime.timedelta(days=1)
NO_DAYS = {"days-TOTAL_FORMS": "0", "days-INITIAL_FORMS": "0"}  # of other hours


def planned(standing, **changes):
    starts_at = (timezone.now() + DAY).replace(second=0, microsecond=0)
    values = {
        "token": uuid.uuid4(), "unit": standing.association, "title": "Tập huấn kỹ năng số", "place": "Nhà văn hóa",
        "starts_at": starts_at, "ends_at": starts_at + DAY / 8, "topics": [], "by": standing.dung,
        "at": timezone.now(),
    }  # fmt: skip
    return hold_session(**(values | changes))


@pytest.fixture
def session(standing):
    return planned(standing, capacity=1, online_link="https://hop.example.vn/a", is_public=True)


def go(session, step, by):
    return move_session(session=session, step=step, by=by, at=timezone.now())


def say(session, by, is_coming=True):
    return reply(session=session, is_coming=is_coming, by=by, at=timezone.now())


class TestStates:
    def test_a_step_taken_twice_is_logged_once(self, session, standing):
        for _twice in range(2):
            assert go(session, "announce", standing.dung).state == State.ANNOUNCED
        assert ModelLogEntry.objects.filter(action="sessions.announce").count() == 1

    @pytest.mark.parametrize("step", ["close", "reopen"])
    def test_no_step_leads_where_none_goes(self, session, standing, step):
        with pytest.raises(SessionRefusedError):
            go(session, step, standing.dung)

    @pytest.mark.parametrize("who", ["an", "lan", "ha", "minh"])
    def test_refused_to_who_may_not_organise_there(self, session, standing, who):
        with pytest.raises(PermissionDenied):
            go(session, "announce", getattr(standing, who))
        with pytest.raises(PermissionDenied):
            change_session(session=session, by=getattr(standing, who), at=timezone.now(), title="Khác")

    def test_who_is_noted_shows_that_it_is_held_and_closing_ends_the_noting(self, standing):
        now = timezone.now()
        held = planned(standing, starts_at=now - DAY, ends_at=now)
        given = {"session": held, "how": How.LIST, "by": standing.dung, "at": now}
        note_attendance(people=[standing.an.person], **given)
        held.refresh_from_db()
        assert held.state == State.HELD
        with pytest.raises(SessionRefusedError):
            change_session(session=held, by=standing.dung, at=now, title="Khác")
        go(held, "close", standing.dung)
        with pytest.raises(RecordRefusedError):
            note_attendance(people=[standing.chi.person], **given)
        assert Evidence.objects.count() == 1


class TestReplies:
    def test_beyond_the_places_people_wait_and_move_up(self, session, standing):
        go(session, "announce", standing.dung)
        say(session, standing.an)
        say(session, standing.chi)
        assert standing_of(session, standing.chi.person_id).turn == 1
        say(session, standing.an, is_coming=False)
        assert standing_of(session, standing.chi.person_id).has_place
        say(session, standing.an)
        assert standing_of(session, standing.an.person_id).turn == 1

    def test_said_twice_keeps_its_place_in_the_row(self, session, standing):
        go(session, "announce", standing.dung)
        for who in (standing.an, standing.chi, standing.an):
            say(session, who)
        assert Reply.objects.count() == 2
        assert standing_of(session, standing.an.person_id).has_place

    @pytest.mark.parametrize("steps", [[], ["announce", "cancel"]])
    def test_none_before_its_announcement_nor_once_it_is_cancelled(self, session, standing, steps):
        for step in steps:
            go(session, step, standing.dung)
        with pytest.raises(SessionRefusedError):
            say(session, standing.an)

    def test_one_may_change_it_until_it_begins_and_no_longer(self, session, standing):
        go(session, "announce", standing.dung)
        say(session, standing.an)
        early = session.starts_at - datetime.timedelta(minutes=10)
        check_in(ticket=ticket_for(session.pk), by=standing.chi, at=early)
        reply(session=session, is_coming=False, by=standing.an, at=early)
        with pytest.raises(SessionRefusedError):
            reply(session=session, is_coming=True, by=standing.an, at=session.starts_at)


class TestPages:
    def page(self, session):
        return reverse("sessions:page", args=[session.pk])

    def test_what_is_only_planned_is_there_for_nobody(self, session, client):
        assert client.get(self.page(session)).status_code == 404
        assert session.title not in client.get("/buoi-tap-huan/").text

    def test_an_open_one_is_there_for_everybody_without_its_link(self, session, standing, client):
        go(session, "announce", standing.dung)
        assert session.title in client.get("/buoi-tap-huan/").text
        assert session.online_link not in client.get(self.page(session)).text
        client.force_login(standing.an)
        client.post(reverse("sessions:answer", args=[session.pk]), {"comes": "yes"})
        assert session.online_link in client.get(self.page(session)).text

    def test_it_says_what_it_trains_for(self, session, standing, client, monkeypatch):
        monkeypatch.setattr(training, "offers", [lambda: [("tieu-chi", "bộ tiêu chí"), ("khac", "việc khác")]])
        go(session, "announce", standing.dung)
        assert "bộ tiêu chí" not in client.get(self.page(session)).text
        Session.objects.filter(pk=session.pk).update(topics=["tieu-chi"])
        shown = client.get(self.page(session)).text
        assert "bộ tiêu chí" in shown
        assert "việc khác" not in shown

    def test_others_see_one_of_a_unit_only_where_they_belong(self, standing, client):
        own = planned(standing)
        go(own, "announce", standing.dung)
        for who, status in ((None, 404), ("ha", 404), ("an", 200)):
            if who:
                client.force_login(getattr(standing, who))
            assert client.get(self.page(own)).status_code == status
            assert client.get(reverse("sessions:file", args=[own.pk])).status_code == status
        client.force_login(standing.ha)
        assert client.post(reverse("sessions:answer", args=[own.pk]), {"comes": "yes"}).status_code == 404
        assert not Reply.objects.exists()

    def test_an_officer_plans_changes_and_announces(self, session, standing, client):
        client.force_login(standing.dung)
        address = reverse("sessions:change", args=[session.pk])
        form = client.get(address).context["form"]
        said = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
        assert client.post(address, said | NO_DAYS | {"way": "Cổng sau"}).status_code == 302
        assert client.post(address, said | NO_DAYS | {"ends": "00:00", "last_day": ""}).status_code == 422
        client.post(reverse("sessions:move", args=[session.pk]), {"step": "announce"})
        session.refresh_from_db()
        assert (session.way, session.state) == ("Cổng sau", State.ANNOUNCED)
        assert client.post(reverse("sessions:move", args=[session.pk]), {"step": "no"}).status_code == 404

    @pytest.mark.parametrize("name", ["change", "replies"])
    def test_what_organisers_see_is_not_there_for_others(self, session, standing, client, name):
        client.force_login(standing.ha)
        assert client.get(reverse(f"sessions:{name}", args=[session.pk])).status_code == 404

    def test_replies_cost_no_more_queries(self, session, standing, client):
        go(session, "announce", standing.dung)
        client.force_login(standing.dung)
        say(session, standing.an)

        def more():
            say(session, standing.chi)

        assert_constant_queries(lambda: client.get(reverse("sessions:replies", args=[session.pk])), more)


def lines(content):
    """A calendar read by the letter of RFC 5545: unfolded, each line a name and its value."""
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    unfolded = content.replace(b"\r\n ", b"").decode()
    return [line.partition(":")[::2] for line in unfolded.split("\r\n") if line]


def test_the_calendar_tells_when_and_where_and_what_was_cancelled(session, standing, client):
    change_session(
        session=session, by=standing.dung, at=timezone.now(), place="Nhà văn hóa; tầng 2, phòng họp lớn " * 3
    )
    for step in ("announce", "cancel"):
        go(session, step, standing.dung)
        for address in ("/buoi-tap-huan/lich.ics", reverse("sessions:file", args=[session.pk])):
            answer = client.get(address)
            told = dict(lines(answer.content))
            assert answer.headers["Content-Type"].startswith("text/calendar")
            assert told["DTSTART"] == f"{session.starts_at:%Y%m%dT%H%M%SZ}"
            assert told["LOCATION"].startswith("Nhà văn hóa\\; tầng 2\\, phòng")
            assert told["STATUS"] == ("CONFIRMED" if step == "announce" else "CANCELLED")
            assert session.online_link not in answer.text
