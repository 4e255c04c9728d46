"""A table that an officer works through, in a real browser: by keyboard alone, while one types, as cards on a phone.
The queue stands for the site's lists, the question bank for those of the back office.
"""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments.models import Question
from membership.actions import sync_groups
from tests.browser.conftest import Visitor, axe_violations, say
from tests.browser.test_dossiers import handed_in
from tests.factories.evaluation import another_member
from tests.factories.way import Way

pytestmark = pytest.mark.browser

QUEUE, BANK = "/danh-gia/", "/quan-tri/cau-hoi/"
# What a reader of a card sees of a cell: what stands before it, where it begins and ends, whether there is a head.
_CELL = """cell => ({
  label: getComputedStyle(cell, '::before').content, left: cell.getBoundingClientRect().left,
  right: cell.getBoundingClientRect().right, head: cell.closest('table').tHead.getBoundingClientRect().height})"""


@pytest.fixture
def chi(way: Way, visitor) -> Visitor:
    for number in range(3):
        handed_in(another_member(way.standing.chapter, number))
    return _signed_in(visitor, "chi", QUEUE)


@pytest.fixture
def binh(way: Way, visitor) -> Visitor:
    sync_groups(user=way.standing.binh, at=timezone.now())
    return _signed_in(visitor, "binh", BANK)


def _signed_in(visitor, username: str, path: str) -> Visitor:
    own = visitor()
    own.sign_in(username)
    own.open(path)
    return own


def _focused_row(page: Page) -> int:
    return int(page.evaluate("[...document.activeElement.closest('tbody').rows].indexOf(document.activeElement)"))


@pytest.mark.parametrize("width", ["desktop"])
def test_the_queue_is_walked_by_keyboard(chi: Visitor):
    rows, keys = chi.page.locator("[data-table] tbody tr"), chi.page.keyboard
    expect(rows).to_have_count(3)
    rows.first.focus()
    keys.press("ArrowDown")
    keys.press("j")
    assert _focused_row(chi.page) == 2
    keys.press("k")
    assert _focused_row(chi.page) == 1
    name = rows.nth(1).locator("th a").inner_text()
    with chi.page.expect_navigation():
        keys.press("Enter")
    chi.check()
    assert name in chi.text()


@pytest.mark.parametrize("width", ["phone"])
def test_the_queue_is_cards_on_a_phone(chi: Visitor):
    _are_cards(chi.page)


@pytest.mark.parametrize("width", ["desktop"])
def test_questions_are_found_while_one_types_chosen_by_keyboard_and_tagged(binh: Visitor, way: Way):
    page, keys = binh.page, binh.page.keyboard
    rows = page.locator("[data-table] tbody tr")
    everything = rows.count()
    page.locator("[data-search-form] input[name=q]").fill("dien")
    expect(rows).not_to_have_count(everything)
    found = rows.count()
    assert 0 < found < everything
    expect(page).to_have_url(f"{binh.address}{BANK}?q=dien")
    rows.first.focus()
    keys.press(" ")
    for _row in range(found - 1):
        keys.press("Shift+ArrowDown")
    expect(page.locator("tbody input:checked")).to_have_count(found)
    expect(page.get_by_text(say("Enter opens the row."))).to_be_visible()
    page.locator("thead [data-choose-all]").check()
    expect(page.locator("tbody input:checked")).to_have_count(found)
    page.locator("#tag-difficulty").select_option("hard")
    assert axe_violations(page, "#listing-results") == []
    binh.press("Tag these questions")
    assert Question.objects.filter(difficulty="hard").count() == found
    expect(page).to_have_url(f"{binh.address}{BANK}?q=dien")


@pytest.mark.parametrize("width", ["phone"])
def test_the_bank_is_cards_on_a_phone_and_narrowed_there(binh: Visitor):
    _are_cards(binh.page)
    page = binh.page
    page.get_by_role("button", name=say("Show filters")).click()
    page.get_by_role("button", name=say("Difficulty")).click()
    page.locator("#id_difficulty").select_option("hard")
    expect(page.locator("[data-table]")).to_have_count(0)
    page.keyboard.press("Escape")
    page.locator(".w-pill__remove").click()
    expect(page.locator("[data-table]")).to_have_count(1)


def _are_cards(page: Page) -> None:
    """Each line says what stands in it, beneath each other and within the screen; the head is for screen readers."""
    cells = page.locator("[data-table] tbody tr").first.locator("td[data-label]")
    seen = [cell.evaluate(_CELL) for cell in cells.all()]
    assert len({cell["left"] for cell in seen}) == 1
    assert all(cell["head"] <= 1 and cell["left"] >= 0 and cell["right"] <= 360 for cell in seen)
    labels = [cell.get_attribute("data-label") for cell in cells.all()]
    assert [label in cell["label"] for label, cell in zip(labels, seen, strict=True)] == [True] * len(labels)
