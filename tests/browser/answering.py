"""Filling in the one open attempt, with the mouse or by the keyboard alone, all on one page or a question a screen."""

from typing import Any

from playwright.sync_api import Locator, Page

from assessments.models import Response
from home.demo.answers import right
from tests.browser.conftest import Visitor

_FOCUS = "(({name, type, value}) => ({name, type, value}))(document.activeElement)"
_HAS_FOCUS = "(wanted) => wanted === document.activeElement"


def right_answers() -> dict[str, Any]:
    """By the name of the field, what a learner chooses: a value, or a list of values of check boxes.

    Lines to put in order come in the order of their places: each choice moves the others.
    """
    wanted: dict[str, Any] = {}
    for response in Response.objects.select_related("version"):
        answer, name = right(response.version.parsed, response.order), f"q-{response.position}"
        if response.version.kind in ("matching", "ordering"):
            rows = sorted(enumerate(answer), key=lambda pair: pair[1])
            wanted |= {f"{name}-{row}": str(place) for row, place in rows}
        elif response.version.kind == "blanks":
            wanted |= {f"{name}-{row}": str(entry) for row, entry in enumerate(answer)}
        elif isinstance(answer, list):
            wanted[name] = [str(place) for place in answer]
        else:
            wanted[name] = str(answer).lower() if isinstance(answer, bool) else str(answer)
    return wanted


def bring(page: Page, field: Locator) -> Locator:
    """Turns to the screen on which the field stands, by the overview or, behind the last question, step by step."""
    screen = field.first.locator("xpath=ancestor::*[@data-question or @data-end][1]")
    if screen.is_visible():
        return field
    if number := screen.get_attribute("data-question"):
        page.locator(".quiz-overview summary").click()
        page.locator(f".quiz-overview a[href='#question-{number}']").click()
    while not screen.is_visible():
        page.locator("[data-on]").click()
    return field


def hand_in(visitor: Visitor) -> None:
    bring(visitor.page, visitor.page.locator("button[name=finish]"))
    visitor.press("Hand in the quiz")


def first_text_field(page: Page) -> Locator:
    return bring(page, page.locator("main input[type=text]").first)


def empty(question: Locator) -> None:
    """Takes back what was written or chosen in lines of text and select boxes: blanks may have both."""
    for field in question.locator("input[type=text]").all():
        field.fill("")
    for box in question.locator("select").all():
        box.select_option("")


def answer_everything(visitor: Visitor) -> None:
    page = visitor.page
    for name, value in right_answers().items():
        fields = bring(page, page.locator(f"main [name='{name}']"))
        kind = fields.first.evaluate("field => field.type")
        if kind == "text":
            fields.fill(value)
        elif kind == "select-one" and not fields.is_visible():
            for button in _presses(page, fields, value):
                button.click()
        elif kind == "select-one":
            # By its index: the text of a place reads like the value of the next one.
            fields.select_option(
                index=fields.evaluate("(field, v) => [...field.options].findIndex(o => o.value === v)", value)
            )
        else:
            for one in value if isinstance(value, list) else [value]:
                page.locator(f"main [name='{name}'][value='{one}']").check()


def answer_by_keyboard(page: Page) -> None:
    """With Tab, arrows, space and letters, field by field; ends on the button that hands in."""
    for name, value in right_answers().items():
        fields = page.locator(f"main [name='{name}']")
        _turn_to(page, fields)
        if not fields.first.is_visible():
            for button in _presses(page, fields, value):
                _reach_button(page, button)
                page.keyboard.press("Enter")
            continue
        for one in value if isinstance(value, list) else [value]:
            at = _reach(page, name, one if isinstance(value, list) else None)
            _give(page, at["type"], one)
    _turn_to(page, page.locator("button[name=finish]"))
    _reach(page, "finish")


def _presses(page: Page, box: Locator, value: str) -> list[Locator]:
    """What is pressed in the place of a select box that the script has hidden: one side and the other, or "Up" until
    the line has risen to its place."""
    row = box.locator("xpath=ancestor::*[@data-row]")
    if box.locator("xpath=ancestor::*[@data-ordering]").count():
        number = row.get_attribute("data-row")
        place = row.evaluate("row => [...row.parentElement.children].indexOf(row)")
        up = box.locator(f"xpath=ancestor::ol/li[@data-row='{number}']").locator("button").first
        return [up] * (place - int(value))
    sides = box.locator("xpath=ancestor::fieldset").locator(".pairing__side")
    left, right_ = sides.nth(0).get_by_role("button"), sides.nth(1).get_by_role("button")
    return [left.nth(int(row.get_attribute("data-row") or 0)), right_.nth(int(value))]


def _turn_to(page: Page, field: Locator) -> None:
    screen = field.first.locator("xpath=ancestor::*[@data-question or @data-end][1]")
    while not screen.is_visible():
        _reach_button(page, page.locator("[data-on]"))
        page.keyboard.press("Enter")


def _reach_button(page: Page, button: Locator) -> None:
    wanted = button.element_handle()
    for key in ["Tab"] * 60 + ["Shift+Tab"] * 120:
        if page.evaluate(_HAS_FOCUS, wanted):
            return
        page.keyboard.press(key)
    raise AssertionError(f"The keyboard does not reach {button}.")


def _reach(page: Page, name: str, value: str | None = None) -> dict[str, str]:
    """Goes to the field with Tab, and back from the end with shift and Tab."""
    for key in ["Tab"] * 120 + ["Shift+Tab"] * 120:
        at: dict[str, str] = page.evaluate(_FOCUS)
        if at["name"] == name and value in (None, at["value"]):
            return at
        page.keyboard.press(key)
    raise AssertionError(f"The keyboard does not reach {name}.")


def _give(page: Page, kind: str, value: str) -> None:
    if kind == "text":
        page.keyboard.type(value)
    elif kind == "checkbox":
        page.keyboard.press("Space")
    else:
        page.keyboard.press("Space" if kind == "radio" else "Home")
        for _step in range(20):
            if page.evaluate("document.activeElement.value") == value:
                return
            page.keyboard.press("ArrowDown")
        raise AssertionError(f"The keyboard does not choose {value}.")
