"""A call to learn from end to end: an officer finds who has not been trained, calls them and makes it a class; a member
hears of it and finishes; the trainer sees how the class comes along and writes to it."""

import datetime

import pytest
from django.utils import timezone

from learning.calls.models import Call
from learning.calls.notices import tell_of_last_days
from learning.tracking.actions import complete_step, enrol
from membership.actions import sync_groups
from notices.models import Notice
from tests.browser.conftest import Visitor, say
from tests.factories.way import Way, open_course

pytestmark = pytest.mark.browser
WIDTHS = {"dung": "desktop", "an": "phone", "binh": "phone"}  # what each of them mostly holds


@pytest.fixture(params=["held", "turned"])
def width(request):
    """Each at their own, and each at the other's."""
    return request.param


def test_from_the_list_of_who_is_not_trained_to_a_class_that_is_written_to(way: Way, visitors):
    open_course(way)
    sync_groups(user=way.standing.binh, at=timezone.now())
    people = visitors(WIDTHS)
    _calls(people["dung"], way)
    _learns(people["an"], way)
    _teaches(people["binh"], way)


def _calls(dung: Visitor, way: Way) -> None:
    dung.open(f"/chi-tieu/{way.standing.association.code}/da-hoc/")
    assert way.standing.an.person.full_name in dung.text()
    dung.press("Call who has not been trained", role="link")
    page, tomorrow = dung.page, timezone.localdate() + datetime.timedelta(days=1)
    page.locator("select[name=what]").select_option(f"course:{way.course.translation_key}")
    page.locator("input[name=last_day]").fill(tomorrow.isoformat())
    page.locator("input[name=reason]").fill("Trước kỳ xét công dân học tập")
    dung.press("Save")
    call = Call.objects.get()
    assert (call.is_draft, way.standing.an.person.full_name in dung.text()) == (True, True)
    dung.follow(page.locator("button[name=do][value=call]"))
    dung.press("Make it a class with a teacher", role="link")
    page.locator("select[name=teacher]").select_option(str(way.standing.binh.pk))
    dung.press("Save")
    dung.press("Write to who has not done it", role="link")
    page.locator("input[name=subject]").fill("Mời học trước kỳ xét")
    page.locator("textarea[name=text]").fill("Mời bà con học xong trước ngày mai.")
    dung.press("See whom it reaches")
    assert way.standing.an.person.full_name in dung.text()
    dung.follow(page.locator("button[name=do][value=send]"))
    assert "Mời học trước kỳ xét" in dung.text()


def _learns(an: Visitor, way: Way) -> None:
    an.open("/")
    menu = an.page.locator("header summary")
    if menu.first.is_visible():
        menu.first.click()
    an.follow(an.page.locator("header a[href='/thong-bao/']:visible").first)
    assert "Mời bà con học xong trước ngày mai." in an.text()
    an.follow(an.page.locator("form[action$='/mo/'] button").last)  # the call came first, the letter after it
    due = an.page.get_by_role("link", name=way.course.title).first
    an.follow(due)
    assert way.standing.binh.person.full_name in an.text()  # who the teacher is
    learner, at = way.standing.an, timezone.now()
    enrolment = enrol(person=learner.person, course=way.course, by=learner, at=at)
    for step in (*way.lessons, way.quiz):
        complete_step(enrolment=enrolment, step=step, at=at)
    tell_of_last_days(at=at)
    assert not Notice.objects.filter(kind="call-due", person=learner.person).exists()
    an.open("/thong-bao/cach-bao/")


def _teaches(binh: Visitor, way: Way) -> None:
    call = Call.objects.get()
    binh.open("/loi-goi-hoc/lop/")
    binh.follow(binh.page.get_by_role("link", name=call.title).first)
    assert way.standing.an.person.full_name in binh.text()
    binh.press("Write to the whole class", role="link")
    binh.page.locator("input[name=subject]").fill("Chúc mừng")
    binh.page.locator("textarea[name=text]").fill("Ai cần giúp cứ hỏi.")
    binh.press("See whom it reaches")
    assert "@" not in binh.text()
    binh.follow(binh.page.locator("button[name=do][value=send]"))
    assert Notice.objects.filter(circular__subject="Chúc mừng").count() == call.people.count()
    binh.open(f"/quan-tri/ket-qua/khoa-hoc/{way.course.pk}/")
    assert say("Called, not enrolled") in binh.page.locator("main").inner_text()
