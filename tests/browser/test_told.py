"""Who is told and acts on it: a moderator from the bell to the trainer's notice; a secretary who tells by word of mouth
whom no letter reaches; and the pages of calls and coverage once in English."""

import datetime
import uuid

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from learning.calls.actions import appoint, call_out, prepare
from learning.calls.actions.calls import Terms
from learning.calls.models import Call
from membership.actions import sync_groups
from membership.registries.groups import Chosen
from notices.models import Notice
from tests.browser.conftest import Visitor, say
from tests.factories.evaluation import member_without_account
from tests.factories.way import Way, open_course
from training_materials.actions import submit_course

pytestmark = pytest.mark.browser
WIDTHS = {"giang": "desktop", "binh": "desktop", "chi": "phone"}  # what each of them mostly holds


@pytest.fixture(params=["held", "turned"])
def width(request):
    """Each at their own, and each at the other's."""
    return request.param


@pytest.fixture
def call(way: Way) -> Call:
    """The chapter's people, one of them without an account, as a class of Bình's; a lesson of his waits too."""
    with transaction.atomic():
        own, at, today = way.standing, timezone.now(), timezone.localdate()
        open_course(way)
        sync_groups(user=own.binh, at=at)
        member_without_account(own.chapter)
        call = prepare(
            token=uuid.uuid4(), unit=own.chapter, kind="course", key=way.course.translation_key,
            group=Chosen("unit:", "Cả chi hội"), terms=Terms(today, today + datetime.timedelta(days=5)), by=own.chi,
            at=at,
        )  # fmt: skip
        appoint(call=call, teacher=own.binh, by=own.chi, at=at)
        call_out(call=call, by=own.chi, at=at)
        way.lessons[0].save_revision(user=own.binh)
        submit_course(course=way.course, by=own.binh)
        return call


def test_who_is_told_acts_on_it(way: Way, call: Call, visitors):
    people = visitors(WIDTHS)
    _moderates(people["giang"], way)
    people["binh"].open("/thong-bao/")
    assert say("“%(title)s” is approved and published.") % {"title": way.course.title} in people["binh"].text()
    _tells_by_mouth(people["chi"], call)
    _reads_in_english(people["chi"], f"/chi-tieu/{way.standing.chapter.code}/da-hoc/", "/loi-goi-hoc/",
                      f"/loi-goi-hoc/{call.pk}/", "/loi-goi-hoc/moi/")  # fmt: skip
    _reads_in_english(people["binh"], f"/loi-goi-hoc/lop/{call.pk}/")


def _moderates(giang: Visitor, way: Way) -> None:
    giang.open("/thong-bao/")
    waits = say("“%(title)s” waits to be moderated.") % {"title": way.course.title}
    giang.follow(giang.page.locator("form[action$='/mo/']", has_text=waits).locator("button").first)
    assert giang.page.url.endswith(reverse("course_review", args=[way.course.pk]))
    giang.press("Publish all of it")
    way.lessons[0].refresh_from_db()
    assert not way.lessons[0].has_unpublished_changes


def _tells_by_mouth(chi: Visitor, call: Call) -> None:
    person = call.people.get(person__user=None).person
    chi.open("/thong-bao/")
    chi.follow(chi.page.locator("main a[href='/thong-bao/bao-mieng/']").first)
    assert person.full_name in chi.text()
    assert call.title in chi.text()
    paper = chi.page.request.get(chi.address + "/thong-bao/bao-mieng.pdf")
    assert paper.body().startswith(b"%PDF")
    chi.page.locator(f"#choose-{person.pk}").check()
    chi.press("They have been told")
    assert person.full_name not in chi.text()
    assert not Notice.objects.open().filter(person=person).exists()


def _reads_in_english(own: Visitor, *pages: str) -> None:
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": own.address}
    own.page.context.add_cookies([cookie])
    for page in pages:
        own.open(page)
        assert own.page.locator("html").get_attribute("lang") == "en"
        left = [text for text in SAID if say(text) in own.text() or say(text) == text]
        assert left == [], page


# What those pages say of themselves; whatever else is Vietnamese on them are names and titles.
SAID = (
    "Calls to learn", "New call", "To what", "Whom", "Last day", "How it stands", "How they stand", "Full name", "Unit",
    "Not done yet", "Give them longer", "Write to who has not done it", "Have done it",
    "Who has been trained in the criteria",
    "Who, by name", "Not trained yet", "Call the chosen people", "Write to the chosen people", "List (CSV)",
    "Filter the list", "Of which unit, with all beneath it?", "Why?", "Steps done", "Last here", "has not begun",
)  # fmt: skip
