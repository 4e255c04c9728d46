"""A trainer arranges a course by keyboard: each press is answered in place, said aloud, and keeps the focus."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from membership.actions import sync_groups
from tests.browser.conftest import axe_violations

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", ["phone"], indirect=True)
def test_arrow_keys_move_a_step_and_what_happened_is_said(way, visitor):
    sync_groups(user=way.standing.binh, at=timezone.now())
    binh = visitor()
    binh.come_back("binh")
    binh.open(reverse("course_builder", args=[way.course.pk]))
    before = _titles(binh.page)
    first = binh.page.locator("[data-key=ArrowDown]").first
    first.focus()
    name = first.get_attribute("id")
    for _press in before[1:]:
        number = int(binh.page.locator(".builder__step").evaluate_all(_PLACE, name))
        binh.page.keyboard.press("ArrowDown")
        expect(binh.page.locator("[data-said]")).to_contain_text(f"là bước {number + 2}.")
    assert _titles(binh.page) == [*before[1:], before[0]]
    assert binh.page.evaluate("document.activeElement.id") == name.replace("down", "up")
    assert axe_violations(binh.page, within="#main") == []


@pytest.mark.parametrize("width", ["phone"], indirect=True)
def test_a_press_while_the_one_before_is_answered_is_not_lost(way, visitor):
    sync_groups(user=way.standing.binh, at=timezone.now())
    binh = visitor()
    binh.come_back("binh")
    binh.open(reverse("course_builder", args=[way.course.pk]))
    first, *others = _titles(binh.page)
    button = binh.page.locator("[data-key=ArrowDown]").first
    button.evaluate("button => { button.click(); button.click(); }")
    expect(binh.page.locator("[data-said]")).to_contain_text("là bước 3.")
    assert _titles(binh.page) == [*others, first]


_PLACE = "(steps, id) => steps.findIndex(step => step.querySelector('#' + id))"


def _titles(page):
    return page.locator(".builder__title").all_inner_texts()
