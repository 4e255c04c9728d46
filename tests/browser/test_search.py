"""Searching with the keyboard, on a phone, without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, axe_violations, say
from tests.factories.pages import Tree, add_course, add_material, page_tree
from tests.search.asking import index_now

pytestmark = pytest.mark.browser


@pytest.fixture
def shelves(transactional_db) -> Tree:
    tree = page_tree()
    add_material(tree.materials, "Tạo minh chứng", type="guide", minutes=4)
    add_material(tree.materials, "Sổ tay minh chứng của chi hội", type="handbook", minutes=20)
    add_material(tree.materials, "Kế hoạch học tập", type="form", text="Ghi minh chứng vào kế hoạch")
    add_course(tree.course_index, "Tiêu chí và minh chứng")
    index_now()
    return tree


def test_suggestions_are_chosen_with_the_keyboard(shelves, visitor):
    person = visitor()
    person.open("/tim-kiem/")
    field = person.page.locator("#search-words")
    field.press_sequentially("minh ch")
    options = person.page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    person.check()
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    field.press("Escape")
    expect(options.first).to_be_hidden()
    assert field.input_value() == "minh ch"
    field.press_sequentially("u")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    with person.page.expect_navigation():
        field.press("Enter")
    assert "/tim-kiem/" not in person.page.url


@pytest.mark.parametrize("key", ["ArrowDown", "Escape"])
def test_a_late_answer_does_not_change_what_one_chooses_from(shelves, visitor, key):
    person = visitor()
    person.open("/tim-kiem/")
    field, options = person.page.locator("#search-words"), person.page.get_by_role("option")
    field.press_sequentially("minh")
    expect(options.first).to_be_visible()

    def is_late(address):
        return address.endswith("q=minh+ch")

    person.page.route(is_late, lambda _route: None)  # never answered
    with person.page.expect_request(lambda request: is_late(request.url)):
        field.press_sequentially(" ch")
    with person.page.expect_event("requestfailed", lambda request: is_late(request.url)):
        field.press(key)
    if key == "Escape":
        expect(options.first).to_be_hidden()
    else:
        expect(options.first).to_have_attribute("aria-selected", "true")


def test_enter_without_a_choice_searches_what_was_typed(shelves, visitor):
    person = visitor()
    person.open("/tim-kiem/")
    field = person.page.locator("#search-words")
    field.fill("minh trứng")
    with person.page.expect_navigation():
        field.press("Enter")
    person.check()
    assert "Tạo minh chứng" in person.text()
    person.follow(person.page.get_by_role("link", name="minh chứng", exact=True))
    assert person.page.locator("#search-words").input_value() == "minh chứng"


def test_results_are_narrowed_down_by_address(shelves, visitor, width):
    person = visitor()
    person.open("/tim-kiem/?q=minh+chung")
    assert person.page.locator("article.hit").count() == 4
    if width == "phone":
        person.page.get_by_text(say("Filters")).click()
        person.page.locator("summary", has_text=say("Length")).first.click()
    person.follow(person.page.get_by_role("link", name=say("15 to 30 minutes")))
    assert person.page.locator("article.hit").count() == 1
    assert "do-dai=30" in person.page.url
    person.follow(person.page.get_by_role("link", name=say("up to 5 minutes")))
    assert person.page.locator("article.hit").count() == 3
    person.follow(person.page.locator(".chosen__one").first)
    assert person.page.locator("article.hit").count() == 1
    person.press("Take all filters back", role="link")
    assert person.page.locator("article.hit").count() == 4


def test_filters_say_that_they_are_open_where_there_is_room(shelves, visitor, width):
    person = visitor()
    person.open("/tim-kiem/?q=minh+chung")
    folds = person.page.locator(".filters details")
    is_open = folds.evaluate_all("folds => folds.map((fold) => fold.open)")
    assert is_open == [width == "desktop"] * len(is_open)
    assert len(is_open) > 1
    _across, down = WIDTHS[width]
    person.page.set_viewport_size({"width": 360 if width == "desktop" else 1280, "height": down})
    expect(person.page.locator(".filters details[open]")).to_have_count(0 if width == "desktop" else len(is_open))
    person.check()


def test_nothing_found_helps_on(shelves, visitor):
    person = visitor()
    person.open("/tim-kiem/?q=khongcogi")
    assert person.page.locator(".empty a").count() == 2


def test_it_works_without_javascript(shelves, browser, live_server, width):
    across, down = WIDTHS[width]
    context = browser.new_context(viewport={"width": across, "height": down}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/tim-kiem/")
    page.locator("#search-words").fill("minh chung")
    _press(page, "main form button[type=submit]")
    assert page.locator("article.hit").count() == 4
    _press(page, ".kinds li:first-child a")
    assert "loai=" in page.url
    _press(page, ".kinds li:last-child a")
    assert page.url.count("loai=") == 2
    _ask_axe(browser, page.url, across, down)
    _press(page, ".chosen__one >> nth=0")
    assert page.url.count("loai=") == 1
    context.close()


def _press(page, place):
    with page.expect_navigation():
        page.locator(place).click()


def _ask_axe(browser, address, across, down):
    """Axe is a script itself: it looks at the page as it is without those of the site."""
    context = browser.new_context(viewport={"width": across, "height": down})
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(address)
    assert axe_violations(page) == []
    context.close()
