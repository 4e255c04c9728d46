"""Filling in the one open attempt, with the mouse or by the keyboard alone."""

from typing import Any

from playwright.sync_api import Page

from assessments.models import Response
from home.demo.answers import right
from tests.browser.conftest import Visitor

_FOCUS = "(({name, type, value}) => ({name, type, value}))(document.activeElement)"


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


def answer_everything(visitor: Visitor) -> None:
    for name, value in right_answers().items():
        fields = visitor.page.locator(f"main [name='{name}']")
        kind = fields.first.evaluate("field => field.type")
        if kind == "text":
            fields.fill(value)
        elif kind == "select-one":
            # By its index: the text of a place reads like the value of the next one.
            fields.select_option(
                index=fields.evaluate("(field, v) => [...field.options].findIndex(o => o.value === v)", value)
            )
        else:
            for one in value if isinstance(value, list) else [value]:
                visitor.page.locator(f"main [name='{name}'][value='{one}']").check()


def answer_by_keyboard(page: Page) -> None:
    """With Tab, arrows, space and letters, field by field; ends on the button that hands in."""
    for name, value in right_answers().items():
        for one in value if isinstance(value, list) else [value]:
            at = _reach(page, name, one if isinstance(value, list) else None)
            _give(page, at["type"], one)
    _reach(page, "finish")


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
