"""A call to a quiz alone and to a session, by each kind of group: what the officer does reaches the learner's page, the
bell, the page that says what is still open, and the calendar; and so does a later day for this one person."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from learning.calls.models import OWN_LIST, Call
from learning.sessions.actions import move_session
from learning.tracking.actions import complete_step, enrol
from learning.tracking.models import Enrolment
from membership.registries.groups import GROUPS
from notices.actions.feeds import renew_feed
from notices.calendars import address_of
from tests.factories.way import lay_way, open_course
from tests.learning.calls.conftest import TODAY
from tests.learning.calls.test_views import as_user
from tests.learning.sessions.test_attendance import sheet
from tests.learning.sessions.test_planning import planned

NEW = "/loi-goi-hoc/moi/"


@pytest.fixture
def way(standing):
    way = lay_way(standing)
    open_course(way)
    return way


def _asked(kind, way):
    """To what, as the form sends it; its title; and the page that says what is still open."""
    if kind == "quiz":
        enrol(person=way.standing.chi.person, course=way.course, by=way.standing.chi, at=timezone.now())
        return f"quiz:{way.quiz.translation_key}", way.quiz.title, reverse("tracking:course", args=[way.course.slug])
    session = planned(way.standing)
    move_session(session=session, step="announce", by=way.standing.dung, at=timezone.now())
    return f"session:{session.pk}", session.title, reverse("sessions:page", args=[session.pk])


def _lacking(user):
    return f"lacking:{GROUPS['lacking'].offered(user)[0][0]}"


@pytest.mark.parametrize(
    ("kind", "group"),
    [("quiz", "unit:"), ("session", "role:chapter_officer"), ("quiz", "target:residents"), ("session", "file"),
     ("quiz", "chosen"), ("session", "chosen"), ("session", "lacking")],
)  # fmt: skip
def test_who_is_called_sees_it_everywhere_and_a_later_day_too(client, way, settings, kind, group):
    """Not each by each: what one is called to and who is called know nothing of one another."""
    what, title, page = _asked(kind, way)
    dung, chi = way.standing.dung, way.standing.chi
    last_day = TODAY + datetime.timedelta(days=4)
    client = as_user(client, dung)
    of_ones_own = {"file": OWN_LIST, "chosen": OWN_LIST, "lacking": _lacking(dung)}
    said = {"what": what, "unit": way.standing.chapter.pk, "group": of_ones_own.get(group, group), "first_day": TODAY,
            "last_day": last_day, "reason": "Trước kỳ xét", "token": str(uuid.uuid4())}  # fmt: skip
    made = client.post(NEW, said | ({"person": [chi.person_id]} if group == "chosen" else {}))
    assert made.status_code == 302, made.context["form"].errors
    call = Call.objects.get()
    if group == "file":
        plan = client.post(reverse("calls:sheet", args=[call.pk]), {"file": sheet([["Mã"], [chi.person.code]])})
        client.post(plan.url, {"way": "apply"})
    client.post(reverse("calls:act", args=[call.pk]), {"do": "call"})
    called = call.people.get(person=chi.person)
    feed = address_of(renew_feed(person=chi.person)).removeprefix(settings.BASE_URL)

    def seen_by_chi(day):
        learner = as_user(client, chi)
        for address in ("/hoc-tap/", "/thong-bao/", page):
            shown = learner.get(address).content.decode()
            assert title in shown, address
            assert f"{day:%d/%m/%Y}" in shown, address
        events = Calendar.from_ical(learner.get(feed).content).walk("VEVENT")
        (event,) = [one for one in events if str(one["summary"]).startswith("Hạn cuối") and title in one["summary"]]
        assert event.decoded("dtstart") == day
        return shown

    assert "Trước kỳ xét" in seen_by_chi(last_day)
    later = last_day + datetime.timedelta(days=9)
    longer = {"do": "extend", "row": called.pk, "until": later, "why": "Ốm"}
    as_user(client, dung).post(reverse("calls:call", args=[call.pk]), longer)
    assert "Bạn đã được gia hạn" in seen_by_chi(later)


def test_a_quiz_that_is_due_stands_on_the_pages_of_a_course_that_is_finished(client, way):
    what, _title, page = _asked("quiz", way)
    last_day = TODAY + datetime.timedelta(days=4)
    enrolment = Enrolment.objects.get(person=way.standing.chi.person)
    for step in (*way.lessons, way.quiz):
        complete_step(enrolment=enrolment, step=step, at=timezone.now())
    enrolment.refresh_from_db()
    assert enrolment.completed_at
    said = {"what": what, "unit": way.standing.chapter.pk, "group": "unit:", "first_day": TODAY, "last_day": last_day,
            "reason": "Trước kỳ xét", "token": str(uuid.uuid4())}  # fmt: skip
    as_user(client, way.standing.dung).post(NEW, said)
    client.post(reverse("calls:act", args=[Call.objects.get().pk]), {"do": "call"})
    learner = as_user(client, way.standing.chi)
    for address in (page, f"/khoa-hoc/{way.course.slug}/"):
        shown = learner.get(address).content.decode()
        assert "Bạn đã hoàn thành khóa học này" in shown, address
        assert shown.count(f"{last_day:%d/%m/%Y}") == 1, address
