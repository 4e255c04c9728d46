"""Every kind of page as who needs it otherwise opens it: 320 px wide, letters twice as large, forced colours, keys.

320 px are what a window of 1280 shows at 400 %, and letters of 200 % stand in the half of it (WCAG 1.4.4, 1.4.10); on a
small phone both come together.
"""

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Page

from tests.browser.conftest import Visitor, axe_violations
from tests.factories.people import standing_people
from tests.factories.way import Way
from tests.flows.walking import lay_pages, starts_of, walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW, HALF = {"width": 320, "height": 640}, {"width": 640, "height": 640}

# What is told of one page. A box of its own may scroll sideways, such as a table; the page may not.
_FAULTS = """(size) => {
  const root = document.documentElement, faults = [];
  const look = (at) => getComputedStyle(at);
  const upward = (at, is) => at && at !== root && (is(at) || upward(at.parentElement, is));
  const clipped = (at) => upward(at, (one) => look(one).clipPath !== "none");
  const scrolls = (at) => upward(at, (one) => /auto|scroll/.test(look(one).overflowX));
  const shown = (at) => at.checkVisibility({ visibilityProperty: true }) && at.getClientRects().length > 0;
  const name = (at) => at.outerHTML.slice(0, 120).replace(/\\s+/g, " ");
  const outside = (at) => {
    const { left, right } = at.getBoundingClientRect();
    return (left < -0.5 || right > root.clientWidth + 0.5) && !scrolls(at);
  };
  const controls = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(shown);
  root.style.fontSize = size;
  const fits = () => {
    const wide = root.scrollWidth - root.clientWidth;
    if (wide > 0) {
      const last = [...document.querySelectorAll("main *, header *, footer *")].filter(outside).pop();
      faults.push(`letters of ${size}: ${wide}px too wide, ${last && name(last)}`);
    }
    for (const at of controls.filter((one) => !clipped(one))) {
      const hides = at.matches("a:not(.breadcrumbs a), button, summary") && look(at).overflowX !== "visible";
      const isCut = (hides && at.scrollWidth > at.clientWidth + 1) || outside(at);
      if (isCut) faults.push(`letters of ${size}: cut off, ${name(at)}`);
    }
  };
  fits();
  if (size !== "100%") return faults;
  const isOutlined = (at) => look(at).outlineStyle !== "none" && parseFloat(look(at).outlineWidth) >= 2;
  for (const at of controls.filter((one) => !one.disabled && one.tabIndex >= 0)) {
    at.focus({ preventScroll: true });
    const around = [at, ...(at.labels ?? []), at.parentElement, at.parentElement.parentElement, at.nextElementSibling];
    const seen = around.filter((one) => one && isOutlined(one) && !clipped(one) && !outside(one));
    if (document.activeElement !== at) faults.push(`takes no focus: ${name(at)}`);
    else if (!seen.length) faults.push(`nobody sees it in focus: ${name(at)}`);
    if (at.tabIndex > 0) faults.push(`out of order: ${name(at)}`);
    const isBare = look(at).borderTopStyle === "none" || !parseFloat(look(at).borderTopWidth);
    if (at.matches("button, .button") && isBare) faults.push(`no border: ${name(at)}`);
  }
  document.activeElement.blur();
  for (const at of document.querySelectorAll("[aria-pressed=true], .button[aria-current], .kinds [aria-current]"))
    if (shown(at) && !isOutlined(at)) faults.push(`does not look chosen: ${name(at)}`);
  return faults;
}"""


@pytest.fixture
def way(transactional_db, private_files) -> Way:
    with transaction.atomic():
        return lay_pages(standing_people())


@pytest.mark.slow(reason="One walk over every kind of page, each laid out at three sizes.")
@pytest.mark.parametrize(("who", "least"), [("", 12), ("an", 20), ("dung", 20)])
def test_every_page_is_read_and_used_by_everybody(browser, live_server, way, who, least):
    context = browser.new_context(viewport=HALF, locale="vi-VN", forced_colors="active")
    somebody, faults = Visitor(context, live_server.url), []
    starts = starts_of(way, who)
    if who:
        somebody.come_back(who)

    def read(address: str) -> str | None:
        response = somebody.page.goto(live_server.url + address)
        if response.status >= 500:
            faults.append(f"{address}: {response.status}")
        if response.status != 200:
            return None
        html = response.text()
        somebody.page.keyboard.press("Tab")
        for window, size in ((HALF, "200%"), (NARROW, "200%"), (NARROW, "100%")):
            somebody.page.set_viewport_size(window)
            faults.extend(f"{address}: {fault}" for fault in faults_of(somebody.page, size))
        faults.extend(f"{address} in English: {fault}" for fault in _faults_in_english(somebody, address))
        return html

    pages = walk(read, *starts)
    context.close()
    live_server.thread.httpd.get_app().wait_until_answered()
    assert len(pages) >= least, list(pages)
    assert not faults, "\n".join(faults)


def _faults_in_english(somebody: Visitor, address: str) -> list[str]:
    """What axe finds there on a narrow screen; asked in Vietnamese it is by the walks of each kind of person."""
    cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "url": somebody.address}
    somebody.page.context.add_cookies([cookie | {"value": "en"}])
    somebody.page.goto(somebody.address + address)
    lang = somebody.page.locator("html").get_attribute("lang")
    found = axe_violations(somebody.page) if lang == "en" else [f"is in {lang}"]
    somebody.page.context.add_cookies([cookie | {"value": "vi"}])
    return found


def faults_of(page: Page, size: str = "100%") -> list[str]:
    """What is too wide or cut off with letters of that size; at 100 % also what keys do not reach or nobody sees
    there."""
    return page.evaluate(_FAULTS, size)
