"""A dossier's way in a real browser, on a phone and on a desktop: the citizen, the chapter's officer by keyboard
alone, the officer who writes for somebody, the commune's recogniser, the province. axe looks at every page."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from evaluation.dossiers.actions import OwnEntry, accept_own_scores, decide, forward, open_dossier, save_own, submit
from evaluation.dossiers.models import Dossier
from home.models import HomePage, PlainPage
from membership.models import Role
from tests.browser.conftest import Visitor, say
from tests.factories.evaluation import another_member, member_without_account
from tests.factories.pages import publish
from tests.factories.people import grant
from tests.factories.way import Way

pytestmark = pytest.mark.browser


def handed_in(user) -> Dossier:
    now = timezone.now()
    dossier = open_dossier(person=user.person, year=timezone.localdate().year, by=user, at=now)
    save_own(dossier=dossier, entries=[OwnEntry(number, 8) for number in range(1, 11)], by=user, at=now)
    return submit(dossier=dossier, by=user, at=now)


def test_the_citizen_goes_from_one_indicator_to_the_next_and_prints(way: Way, visitor):
    """Saved as they go; what they hear: where they are, what each score looks like, that it was saved."""
    an, year = visitor(), timezone.localdate().year
    an.come_back("an")
    an.open(f"/tu-danh-gia/{year}/")
    an.press("Begin")
    an.press("Go on with indicator %(number)s", role="link", number=1)
    _rung(an, "9").check()
    expect(an.page.locator("#saved")).to_contain_text(":")
    an.page.locator("textarea[name='1-note']").fill("Tôi đọc báo mỗi ngày.")
    with an.page.expect_response(lambda response: "1-note=T" in (response.request.post_data or "")):
        an.page.locator("textarea[name='1-note']").blur()
    expect(an.page.locator("#own-total")).to_contain_text("9")
    heard = an.page.locator("main").aria_snapshot()
    assert "Bạn tự chấm cho mình mấy điểm?" in heard
    assert 'radio "8 điểm: Hầu như ngày nào bạn cũng đọc' in heard
    assert 'radio "9 điểm" [checked]' in heard
    assert heard.index("heading") < heard.index("radio") < heard.index("textbox") < heard.index("status")
    an.follow(an.page.locator("#saved ~ .actions button[value=next]"))
    assert an.page.url.endswith(f"/tu-danh-gia/{year}/chi-so/2/#chi-so")
    assert an.page.evaluate("document.activeElement.id") == "chi-so"
    an.follow(an.page.locator("#saved ~ .actions button[value=back]"))
    expect(_rung(an, "9")).to_be_checked()
    expect(an.page.locator("textarea[name='1-note']")).to_have_value("Tôi đọc báo mỗi ngày.")
    an.open(f"/tu-danh-gia/{year}/phieu/")
    assert an.page.locator("article img").evaluate("image => image.naturalWidth") > 0
    assert "Tôi đọc báo mỗi ngày." in an.text()


def test_an_indicator_is_scored_by_keyboard_alone_and_enter_goes_on(way: Way, visitor):
    an, year = visitor(), timezone.localdate().year
    an.come_back("an")
    an.open(f"/tu-danh-gia/{year}/")
    an.press("Begin")
    an.open(f"/tu-danh-gia/{year}/chi-so/4/")
    _tab_to(an, "radio")
    an.page.keyboard.press("ArrowUp")  # from the last one, not scored, to the highest score
    expect(_rung(an, "10")).to_be_focused()
    expect(an.page.locator("#saved")).to_contain_text(":")
    with an.page.expect_navigation():
        an.page.keyboard.press("Enter")
    an.check()
    assert an.page.url.endswith("/chi-so/5/#chi-so")
    assert Dossier.objects.get().scores.get(indicator__number=4).self_points == 10


def test_something_is_recorded_and_attached_on_the_indicators_page(way: Way, visitor):
    an, year = visitor(), timezone.localdate().year
    an.come_back("an")
    an.open(f"/tu-danh-gia/{year}/")
    an.press("Begin")
    an.open(f"/tu-danh-gia/{year}/chi-so/10/")
    an.page.locator("#ghi-minh-chung summary").click()
    an.follow(an.page.locator("button[name=record]"))
    assert an.page.evaluate("document.activeElement.id") == "error-summary"
    an.page.locator("input[name='moi-kind'][value=declaration]").check()
    an.page.locator("input[name='moi-title']").fill("Dạy bà con dùng điện thoại")
    an.page.locator("input[name='moi-occurred_on']").fill(f"{year}-01-08")
    an.follow(an.page.locator("button[name=record]"))
    assert an.page.evaluate("document.activeElement.id") == "minh-chung"
    expect(an.page.get_by_role("checkbox", name="Dạy bà con dùng điện thoại")).to_be_checked()


def test_what_was_written_without_a_connection_is_not_lost(way: Way, visitor):
    """The line breaks, the page is closed, and opened again the next day."""
    an, year = visitor(), timezone.localdate().year
    an.come_back("an")
    an.open(f"/tu-danh-gia/{year}/")
    an.press("Begin")
    an.open(f"/tu-danh-gia/{year}/chi-so/4/")
    an.page.on("dialog", lambda dialog: dialog.accept())
    an.page.route("**/chi-so/4/", lambda route: route.abort())
    _rung(an, "7.5").check()
    expect(an.page.locator("#saved")).to_have_attribute("data-problem", "")
    kept = an.page.evaluate("Object.keys(localStorage)")
    assert kept == [f"{way.standing.an.pk} /tu-danh-gia/{year}/chi-so/4/"]  # nobody else's on this device
    an.page.unroute("**/chi-so/4/")
    an.page.goto(f"{an.address}/ho-so/")
    an.open(f"/tu-danh-gia/{year}/chi-so/4/")
    expect(_rung(an, "7.5")).to_be_checked()
    expect(an.page.locator("#own-total")).to_contain_text("7,5")
    assert Dossier.objects.get().scores.get(indicator__number=4).self_points == 7.5
    assert an.page.evaluate("localStorage.length") == 0


def test_what_was_handed_in_is_taken_back(way: Way, visitor):
    an, year = visitor(), timezone.localdate().year
    handed_in(way.standing.an)
    an.come_back("an")
    an.open(f"/tu-danh-gia/{year}/")
    an.follow(an.page.locator("form[action$='/lay-lai/'] button"))
    assert Dossier.objects.get().state == Dossier.State.DRAFT
    an.press("Look over the dossier and hand it in", role="link")
    an.press("Hand in")
    assert Dossier.objects.get().state == Dossier.State.IN_REVIEW


def test_the_self_check_goes_one_indicator_a_page_without_javascript(way: Way, browser, live_server, visitor):
    guest = visitor()
    plain = browser.new_context(java_script_enabled=False, locale="vi-VN", viewport=guest.page.viewport_size)
    page = plain.new_page()
    home = publish_self_check()
    guest.open(f"{home}?nhom=workers&buoc=1#tu-kiem-tra")
    assert guest.page.evaluate("document.activeElement.id") == "tu-kiem-tra"
    page.goto(f"{live_server.url}{home}?nhom=workers&buoc=1")
    for number in range(1, 11):
        page.locator(f"input[name='{number}'][value='{'3' if number == 5 else '8'}']").check()
        with page.expect_navigation():
            page.locator("form[action='#tu-kiem-tra'] .button").first.click()
    assert "75 trên 100 điểm" in page.locator("main").inner_text()
    assert "Nên làm gì trước" in page.locator("main").inner_text()
    guest.open(page.url.removeprefix(live_server.url))
    plain.close()


def publish_self_check() -> str:
    page = PlainPage(title="Công dân học tập", slug="cong-dan-hoc-tap", offers_self_check=True)
    return publish(HomePage.objects.get(), page).url


def _rung(visitor: Visitor, points: str):
    return visitor.page.locator(f"input[name$='-points'][value='{points}']")


def test_the_chapter_officer_reviews_many_by_keyboard_alone(way: Way, visitor):
    rows = [handed_in(another_member(way.standing.chapter, number)) for number in range(3)]
    chi = visitor()
    chi.come_back("chi")
    chi.open("/danh-gia/nhieu-ho-so/")
    keyboard = chi.page.keyboard
    _tab_to(chi, "radio")
    keyboard.press("ArrowRight")  # agree and forward
    keyboard.press("ArrowDown")  # the next row
    keyboard.press("ArrowRight")
    keyboard.press("ArrowRight")  # return
    keyboard.press("Tab")
    keyboard.insert_text("Bổ sung minh chứng cho chỉ số 2.")
    with chi.page.expect_navigation():
        keyboard.press("Enter")
    chi.check()
    states = [Dossier.objects.select_related("current_step").get(pk=row.pk) for row in rows]
    assert states[0].current_step.order == 2
    assert states[1].state == Dossier.State.RETURNED
    assert states[2].current_step.order == 1


def _tab_to(visitor: Visitor, kind: str) -> None:
    """From the top of the page, as one does without a mouse."""
    for _press in range(60):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement.type") == kind:
            return
    pytest.fail(f"no {kind} within reach of the Tab key")


@pytest.mark.slow(reason="One walk through all that is written for somebody, each page asked by axe.")
def test_the_association_officer_writes_for_somebody(way: Way, visitor):
    person = member_without_account(way.standing.chapter)
    dung = visitor()
    dung.come_back("dung")
    dung.open("/danh-gia/ho-tro/")
    dung.follow(dung.page.locator("main table button").first)
    dossier = Dossier.objects.get(person=person)
    dung.press("Go on with indicator %(number)s", role="link", number=1)
    for _number in range(1, 11):
        _rung(dung, "8").check()
        expect(dung.page.locator("#saved")).to_contain_text(":")
        dung.follow(dung.page.locator("#saved ~ .actions button[value=next]"))
    dung.press("Look over the dossier and hand it in", role="link")
    dung.open(f"/danh-gia/ho-tro/{dossier.pk}/phieu/")
    code = dung.page.locator(".paper-form__code").inner_text()
    dung.open(f"/danh-gia/ho-tro/{dossier.pk}/nop/")
    dung.page.locator("input[name=code]").fill(code)
    dung.press("Confirm by the code")
    dung.press("Hand in")
    dossier.refresh_from_db()
    assert (dossier.state, dossier.is_assisted) == (Dossier.State.IN_REVIEW, True)
    for address in ("/danh-gia/", "/danh-gia/cac-cap/", "/danh-gia/cuoc-hop/"):
        dung.open(address)


@pytest.mark.slow(reason="One walk of several people, each page asked by axe.")
def test_the_recogniser_agrees_and_refuses_and_the_province_answers(way: Way, visitor):
    standing, now = way.standing, timezone.now()
    dossiers = [handed_in(another_member(standing.chapter, number)) for number in range(2)]
    for dossier in dossiers:
        for officer in (standing.chi, standing.dung):
            accept_own_scores(dossier=dossier, by=officer, at=now)
            forward(dossier=dossier, by=officer, at=now)
    lan = visitor()
    lan.come_back("lan")
    lan.open("/danh-gia/nhieu-ho-so/")
    lan.open(f"/danh-gia/ho-so/{dossiers[0].pk}/")
    lan.page.locator("textarea[name=reason]").fill("Minh chứng chưa rõ.")
    lan.follow(lan.page.locator("button[value=refuse]"))
    decide(dossier=dossiers[1], is_recognised=False, reason="Chưa đủ", by=standing.lan, at=now)
    grant(standing.giang, Role.MEMBER, standing.commune)
    giang = visitor()
    giang.come_back("giang")
    for address in ("bat-thuong", "khieu-nai", "kiem-tra", "cac-cap"):
        giang.open(f"/danh-gia/{address}/")
    giang.open("/danh-gia/tieu-chi/do-phu/")
    giang.open(f"/bao-cao/{timezone.localdate().year}/")
    giang.open("/danh-gia/kiem-tra/")
    giang.page.locator("select[name=unit]").select_option(label=standing.province.name)
    giang.page.locator("input[name=seed]").fill("3-14-15")
    giang.follow(giang.page.locator("form:has(input[name=seed]) button"))
    assert "3-14-15" in giang.text()


def test_without_javascript_everything_is_there(way: Way, browser, live_server, visitor):
    handed_in(another_member(way.standing.chapter, 1))
    chi = visitor()
    chi.come_back("chi")
    cookies = chi.page.context.cookies()
    plain = browser.new_context(java_script_enabled=False, locale="vi-VN")
    plain.add_cookies(cookies)
    page = plain.new_page()
    page.goto(f"{live_server.url}/danh-gia/nhieu-ho-so/")
    page.locator("input[value=forward]").first.check()
    with page.expect_navigation():
        page.get_by_role("button", name=say("Do what was chosen")).click()
    plain.close()
    assert Dossier.objects.select_related("current_step").get().current_step.order == 2
