"""A trainer writes a question beside its live preview; a learner's written answer waits, is marked, and is read."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assessments import actions
from assessments.models import Question, QuizDraw, QuizPage, Response
from learning.tracking.actions import enrol
from membership.actions import sync_groups
from tests.browser.answering import hand_in
from tests.browser.conftest import Visitor, say
from tests.factories.pages import publish
from tests.factories.way import Way, open_course
from training_materials.models import Topic

pytestmark = pytest.mark.browser


@pytest.fixture
def binh(way: Way, visitor) -> Visitor:
    at = timezone.now()
    sync_groups(user=way.standing.binh, at=at)
    own = visitor()
    own.come_back("binh")
    return own


def test_the_preview_follows_what_is_written_and_a_draft_is_kept(binh, way):
    binh.open("/quan-tri/cau-hoi/new/numeric/")
    binh.page.locator("select[name=topic]").select_option(str(way.topic.pk))
    binh.page.locator("[name=prompt]").fill("Một thế kỷ có bao nhiêu năm?")
    binh.page.locator("[name=number]").fill("100")
    preview = binh.page.frame_locator("[data-live-preview]")
    expect(preview.locator("main")).to_contain_text("Một thế kỷ có bao nhiêu năm?")
    binh.page.locator("button[name=draft]").click()
    expect(binh.page.locator("body")).to_contain_text(say("Draft"))
    assert Question.objects.get(draft__isnull=False).current is None


def test_the_preview_does_not_go_back_to_what_was_asked_before(binh):
    binh.open("/quan-tri/cau-hoi/new/numeric/")
    prompt = binh.page.locator("[name=prompt]")
    shown = binh.page.frame_locator("[data-live-preview]").locator("main")
    late = []
    binh.page.locator("[name=number]").fill("100")
    binh.page.route("**/live-preview/**", lambda route: late.append(route), times=1)
    with binh.page.expect_request("**/live-preview/**"):
        prompt.fill("Một thế kỷ có bao nhiêu năm?")
    prompt.fill("Một thập kỷ có bao nhiêu năm?")
    expect(shown).to_contain_text("Một thập kỷ có bao nhiêu năm?")
    with binh.page.expect_event("requestfinished", lambda request: request == late[0].request):
        late[0].continue_()
    binh.page.evaluate("new Promise((done) => setTimeout(done, 100))")  # the page has heard of it
    expect(shown).to_contain_text("Một thập kỷ có bao nhiêu năm?")


@pytest.mark.slow(reason="One walk of several people, each page asked by axe.")
def test_a_written_answer_waits_is_marked_and_is_read(binh, way, visitor):
    topic = Topic.objects.create(name="Viết", slug="viet")
    actions.save_question(
        slug="viet", topic=topic, kind="written", prompt="Bạn học được gì?", feedback="", difficulty="easy",
        body={"criteria": [{"text": "Đủ hai ý", "points": 2}], "guide": "Hai ý bất kỳ."},
        by=way.standing.binh, at=timezone.now(),
    )  # fmt: skip
    quiz = QuizPage(title="Bài viết", slug="bai-viet", pass_mark=50, minutes=5)
    quiz.draws = [QuizDraw(topic=topic, count=1)]
    publish(way.course, quiz)
    open_course(way)
    learner = way.standing.an
    enrolment = enrol(person=learner.person, course=way.course, by=learner, at=timezone.now())
    attempt = actions.start(enrolment=enrolment, quiz=quiz, by=learner, at=timezone.now())
    an = visitor()
    an.come_back("an")
    an.open(f"/bai-kiem-tra/{attempt.pk}/")
    an.page.locator("textarea").press_sequentially("Tôi học được hai điều.")
    hand_in(an)
    expect(an.page).to_have_url(f"{an.address}/bai-kiem-tra/{attempt.pk}/ket-qua/")
    an.check()
    assert "Hai ý bất kỳ" not in an.page.content()
    binh.open(f"/quan-tri/cham-bai/{Response.objects.get().pk}/")
    binh.page.locator("[name=points-0]").fill("2")
    binh.page.locator("[name=comment]").fill("Rất tốt.")
    binh.page.get_by_role("button", name=say("Save marks and go to the next")).click()
    expect(binh.page.locator("body")).to_contain_text(
        say("The marks are saved; the learner sees them with the result.")
    )
    an.page.reload()
    expect(an.page.locator("main")).to_contain_text("Đủ hai ý: 2/2")
    expect(an.page.locator("main")).to_contain_text("Rất tốt.")
    an.check()


def test_the_buttons_of_options_end_within_the_screen(binh):
    binh.open("/quan-tri/cau-hoi/new/single_choice/")
    expect(binh.page.locator("[data-streamfield-action=SETTINGS]")).to_have_count(4)
    assert binh.page.locator("main").evaluate("main => main.scrollWidth - main.clientWidth") == 0


def test_the_button_of_the_menu_lies_over_no_message(binh):
    binh.open("/quan-tri/cau-hoi/")
    binh.page.locator("#tag-difficulty").select_option("hard")
    binh.page.get_by_role("button", name=say("Tag these questions")).click()
    message = binh.page.locator(".messages li")
    expect(message).to_contain_text(say("Choose at least one row."))
    menu = binh.page.locator(".sidebar-nav-toggle--mobile")
    reach = menu.bounding_box() if menu.is_visible() else None
    written = message.evaluate("""li => {
        const range = document.createRange();
        range.selectNodeContents(li);
        return Math.min(...[...range.getClientRects()].filter((each) => each.width).map((each) => each.left));
    }""")
    assert reach is None or written >= reach["x"] + reach["width"]
