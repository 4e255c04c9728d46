"""A session from end to end: a chapter's secretary plans it, invites and hangs up what to read; a member answers, reads
it, checks in by the code on the wall; the secretary ticks another and closes; the member has a certificate."""

import datetime

import pytest
from django.utils import timezone

from learning.sessions.models import AttendanceCertificate, Session
from membership.models import Role
from tests.browser.conftest import Visitor
from tests.factories.people import add_user, grant
from tests.factories.way import Way
from tests.learning.sessions.test_planning import planned

pytestmark = pytest.mark.browser
HELD = "/buoi-tap-huan/to-chuc/"
SOON = datetime.timedelta(minutes=20)  # the doors are open, answers still taken


def test_from_the_plan_to_the_certificate(way: Way, visitor):
    neighbour = add_user("tam", "Phạm Thị Tâm")
    grant(neighbour, Role.MEMBER, way.standing.chapter)
    chi, an = visitor(), visitor()
    chi.come_back("chi")
    an.come_back("an")
    _plans(chi, way)
    _answers(an)
    digits = _shows_the_code(chi)
    _checks_in(an, digits)
    Session.objects.update(starts_at=timezone.now() - SOON)  # it has begun
    _ticks_and_closes(chi, neighbour.person.full_name)
    _takes_the_certificate(an)
    assert AttendanceCertificate.objects.count() == 2


def _plans(chi: Visitor, way: Way) -> None:
    begins = timezone.localtime() + SOON
    ends = begins + datetime.timedelta(hours=2)
    chi.open(f"{HELD}them/")
    told = {"title": "Họp tổ khuyến học", "place": "Nhà văn hóa", "agenda": "Bàn việc xét công dân học tập"}
    told |= {"day": f"{begins:%Y-%m-%d}", "begins": f"{begins:%H:%M}"}
    told |= {"last_day": f"{ends:%Y-%m-%d}", "ends": f"{ends:%H:%M}"}
    for name, value in told.items():
        chi.page.locator(f"[name={name}]").fill(value)
    chi.page.locator("select[name=unit]").select_option(str(way.standing.chapter.pk))
    chi.press("Save session")
    chi.follow(chi.page.locator("main a[href$='/tai-lieu/']"))
    chi.page.locator("input[name=title]").fill("Bài trình bày")
    paper = {"name": "bai.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 bai trinh bay"}
    chi.page.locator("input[name=upload]").set_input_files(paper)
    chi.press("Add")
    session = Session.objects.get()
    chi.open(f"{HELD}{session.pk}/moi/them/")
    chi.page.locator("select[name=group]").select_option("role:member")
    chi.press("Show who that is")
    assert way.standing.an.person.full_name in chi.text()
    chi.press("Invite them")
    chi.open(f"{HELD}{session.pk}/")
    chi.follow(chi.page.locator("button[name=step][value=announce]"))


def _answers(an: Visitor) -> None:
    an.open("/thong-bao/")
    an.follow(an.page.locator("form[action$='/mo/'] button").first)
    an.press("I come")
    with an.page.expect_download() as coming:
        an.page.get_by_role("link", name="Bài trình bày").click()
    assert coming.value.suggested_filename == "Bài trình bày.pdf"


def _shows_the_code(chi: Visitor) -> str:
    chi.press("Show the code", role="link")
    return chi.page.locator(".checkin__digits").inner_text()


def _checks_in(an: Visitor, digits: str) -> None:
    an.open("/diem-danh/")
    an.page.locator("input[name=code]").fill(digits)
    an.press("Continue")
    an.press("I am here: check in")


def _ticks_and_closes(chi: Visitor, name: str) -> None:
    chi.open(f"{HELD}{Session.objects.get().pk}/")
    chi.page.get_by_label(name).check()
    chi.press("Note as present")
    assert name in chi.page.locator("table").inner_text()
    chi.follow(chi.page.locator("button[name=step][value=close]"))


def _takes_the_certificate(an: Visitor) -> None:
    an.open(f"/buoi-tap-huan/{Session.objects.get().pk}/")
    given = AttendanceCertificate.objects.get(person__user__username="an")
    with an.page.expect_download() as coming:
        an.page.locator(f"a[href$='{given.code}.pdf']").click()
    assert coming.value.suggested_filename.endswith(".pdf")
    an.follow(an.page.get_by_role("link", name=given.code))
    assert "Họp tổ khuyến học" in an.text()


def test_a_day_more_is_asked_for_by_its_button_and_enter_saves(way: Way, visitor):
    begins = (timezone.localtime() + datetime.timedelta(days=3)).replace(hour=8, minute=0, second=0, microsecond=0)
    day, hour = datetime.timedelta(days=1), datetime.timedelta(hours=1)
    session = planned(
        way.standing, unit=way.standing.chapter, by=way.standing.chi, place="Nhà văn hóa",
        days=[(begins, begins + 3 * hour), (begins + day + 5 * hour, begins + day + 9 * hour)],
    )  # fmt: skip
    chi = visitor()
    chi.come_back("chi")
    chi.open(f"{HELD}{session.pk}/sua/")
    chi.press("Another day")
    third = {"day": f"{begins + 4 * day:%Y-%m-%d}", "begins": "09:00", "ends": "10:30"}
    for name, value in third.items():
        chi.page.locator(f"[name=days-1-{name}]").fill(value)
    chi.check()
    chi.page.locator("[name=title]").press("Enter")
    chi.page.wait_for_url(f"**{HELD}{session.pk}/")
    chi.check()
    assert "09:00–10:30" in chi.text()
