"""A learner asks, the trainer answers, others read and report it: by pages alone, on a phone and a desktop."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from learning.feedback.models import Enquiry, Opinion
from membership.actions import sync_groups
from tests.browser.conftest import say
from tests.factories.way import open_course

pytestmark = pytest.mark.browser
ASKED = "Đổi máy mới thì mật khẩu đã lưu có sang theo không?"
ANSWERED = "Có, nếu bạn đăng nhập cùng một tài khoản."


@pytest.fixture
def lesson(way):
    sync_groups(user=way.standing.binh, at=timezone.now())
    open_course(way, way.standing.an, way.standing.chi)
    return f"/hoc-tap/{way.course.slug}/{way.lessons[0].slug}/"


def comes(visitor, username, path):
    somebody = visitor()
    somebody.come_back(username)
    somebody.open(path)
    return somebody


def test_a_question_goes_to_the_trainer_and_on_to_everybody(visitor, lesson):
    an = comes(visitor, "an", lesson)
    fold = an.page.locator("details", has_text=say("Ask the teacher")).locator("summary")
    fold.focus()
    an.page.keyboard.press("Enter")
    an.press("Send the question")  # empty: refused, and the form is there again
    expect(an.page.locator(".error-summary")).to_contain_text(say("Write what you would like to know."))
    an.page.get_by_label(say("Your question")).fill(ASKED)
    an.page.locator("[name=can_be_shown]").check()
    an.press("Send the question")
    own = an.page.locator("article.card", has_text=ASKED)
    expect(own).to_contain_text(say("Waiting for an answer"))

    binh = comes(visitor, "binh", "/")
    binh.press("Open the questions", role="link")
    binh.follow(binh.page.get_by_role("link", name=ASKED))
    binh.page.get_by_label(say("Your answer")).fill(ANSWERED)
    binh.page.locator("[name=is_for_all]").check()
    binh.press("Save the answer")
    expect(binh.page.locator("main")).to_contain_text(say("Answered, shown to all"))

    chi = comes(visitor, "chi", lesson)
    shown = chi.page.locator("article.card", has_text=ASKED)
    expect(shown).to_contain_text(ANSWERED)
    assert "Trần Thị An" not in chi.text()
    chi.follow(shown.get_by_role("button", name=say("Report it")))
    expect(chi.page.locator("article.card")).to_have_count(0)

    giang = comes(visitor, "giang", "/hoi-dap/")
    giang.follow(giang.page.get_by_role("link", name=ASKED))
    giang.press("Show it again")
    an.open(lesson)
    expect(own).to_contain_text(ANSWERED)
    an.press("Keep it to me and the trainers")
    assert not Enquiry.objects.get().is_shown


def test_whether_a_lesson_helped_is_said_and_changed_without_scripts(browser, live_server, visitor, lesson):
    an = comes(visitor, "an", lesson)
    bare = browser.new_context(java_script_enabled=False, storage_state=an.page.context.storage_state())
    page = bare.new_page()
    page.goto(live_server.url + lesson)
    no = page.get_by_role("button", name="Không", exact=True)
    no.click()
    expect(no).to_have_attribute("aria-pressed", "true")
    page.get_by_label(say("What was missing, or hard to understand?")).fill("Hơi nhanh")
    page.get_by_role("button", name=say("Send your comment")).click()
    expect(page.get_by_label(say("What was missing, or hard to understand?"))).to_have_value("Hơi nhanh")
    bare.close()
    an.open(lesson)
    an.follow(an.page.get_by_role("button", name="Có", exact=True))
    assert list(Opinion.objects.values_list("is_helpful", "word")) == [(True, "")]
