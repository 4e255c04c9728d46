"""A first visit on a phone: nothing moves under the thumb, and a lesson costs little of what one pays for."""

import brotli
import pytest
from django.db import transaction
from django.utils import timezone

from tests.browser.conftest import WIDTHS, Visitor
from tests.factories.people import standing_people
from tests.factories.way import Way
from tests.flows.walking import lay_pages, starts_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_MOVED = 0.02
MOST_BYTES = 150_000
# The head of an answer, as HTTP/1.1 writes it.
HEAD = 500
_MOVED = """() => new Promise((tell) => {
  let moved = 0;
  const add = (entries) => entries.forEach((entry) => { moved += entry.hadRecentInput ? 0 : entry.value; });
  const watch = new PerformanceObserver((list) => add(list.getEntries()));
  watch.observe({ type: "layout-shift", buffered: true });
  document.fonts.ready.then(() => requestAnimationFrame(() => setTimeout(() => {
    add(watch.takeRecords());
    tell(moved);
  })));
})"""


@pytest.fixture
def way(transactional_db, private_files) -> Way:
    with transaction.atomic():
        return lay_pages(standing_people())


@pytest.fixture
def an(browser, live_server, way):
    """Makes An's phone as it has never been here: nothing is kept of an earlier visit."""
    across, down = WIDTHS["phone"]
    contexts = []

    def make() -> Visitor:
        contexts.append(browser.new_context(viewport={"width": across, "height": down}, locale="vi-VN"))
        somebody = Visitor(contexts[-1], live_server.url)
        somebody.come_back("an")
        return somebody

    yield make
    for context in contexts:
        context.close()
    live_server.thread.httpd.get_app().wait_until_answered()


def test_nothing_moves_while_a_page_comes_and_a_lesson_comes_in_little(an, way):
    """The lesson comes last, and as production sends it: texts in Brotli; pictures, films and sound not counted."""
    lately, year = starts_of(way, "an"), timezone.localdate().year
    moved = {}
    for address in ("/", "/khoa-hoc/", way.course.url, lately[-2], f"/tu-danh-gia/{year}/", lately[-1]):
        somebody, sent = an(), []
        somebody.page.on("requestfinished", lambda request, sent=sent: sent.append(request))
        somebody.page.goto(somebody.address + address)
        moved[address] = somebody.page.evaluate(_MOVED)
    sizes = {request.url: _size(request) for request in sent}
    assert {address: much for address, much in moved.items() if much > MOST_MOVED} == {}
    assert any("/fonts/" in url for url in sizes)
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def _size(request) -> int:
    if request.method != "GET" or "/media/" in request.url:
        return 0
    body = request.response().body()
    is_packed = request.url.endswith(".woff2")
    return HEAD + len(body if is_packed else brotli.compress(body))
