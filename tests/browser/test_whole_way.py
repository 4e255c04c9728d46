"""The whole way in a real browser, on a phone; officers at a desk walk it in test_province. axe looks at each page."""

import pytest
from playwright.sync_api import expect

from evaluation.recognition.models import Title
from tests.browser.answering import answer_everything, hand_in
from tests.browser.conftest import Visitor, say
from tests.browser.judging import assess_oneself, recognise, review
from tests.factories.recognition import second_recogniser
from tests.factories.way import Way
from tests.search.asking import index_now

pytestmark = pytest.mark.browser


@pytest.mark.slow(reason="One walk: each part stands on what the one before it has left.")
@pytest.mark.parametrize("width", [pytest.param("phone", marks=pytest.mark.smoke)], indirect=True)
def test_whole_way(way: Way, visitor):
    giang = visitor()
    _publish(way, giang)
    _read_without_account(way, visitor())
    an = visitor()
    _learn(way, an)
    assess_oneself(an)
    for username in ("chi", "dung"):
        officer = visitor()
        officer.sign_in(username)
        review(officer)
    lan = visitor()
    lan.sign_in("lan")
    second = visitor()
    second.come_back(second_recogniser(way.standing.commune).username)
    _verify(recognise(lan, second), visitor())
    _see_target_move(way, giang)


def _publish(way: Way, giang: Visitor) -> None:
    """The moderator publishes what the trainer left in draft."""
    giang.sign_in("giang")
    giang.open(f"/quan-tri/pages/{way.course.pk}/edit/")
    publish = giang.page.locator("button[name=action-publish]")
    if not publish.is_visible():
        giang.page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").first.click()
    giang.follow(publish.first)
    way.course.refresh_from_db()
    assert way.course.live


def _read_without_account(way: Way, citizen: Visitor) -> None:
    citizen.open("/")
    citizen.open("/tai-lieu/")
    citizen.open("/khoa-hoc/")
    citizen.follow(citizen.page.get_by_role("link", name=way.course.title).first)
    index_now()
    citizen.open("/tim-kiem/?q=ky+nang+so")
    assert way.course.title in citizen.text()


def _learn(way: Way, an: Visitor) -> None:
    an.sign_in("an")
    an.open(f"/khoa-hoc/{way.course.slug}/")
    an.press("Enrol")
    for lesson in way.lessons:
        an.open(f"/hoc-tap/{way.course.slug}/{lesson.slug}/")
        assert lesson.title in an.text()
        an.follow(an.page.locator("main form[action$='/xong/'] button"))
    an.open(f"/hoc-tap/{way.course.slug}/{way.quiz.slug}/")
    an.press("Start the quiz")
    answer_everything(an)
    hand_in(an)
    expect(an.page.locator("main")).to_contain_text(say("You have passed"))
    an.open("/minh-chung/")
    assert way.course.title in an.text()


def _verify(title: Title, citizen: Visitor) -> None:
    citizen.open(f"/xac-minh/{title.code}/")
    assert title.person.full_name in citizen.text()


def _see_target_move(way: Way, giang: Visitor) -> None:
    giang.open(f"/chi-tieu/{way.standing.province.code}/")
    giang.open(f"/chi-tieu/{way.standing.commune.code}/")
    assert "1" in giang.text()
    giang.open("/ket-qua/")
