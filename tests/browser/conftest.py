"""A real Chromium (Debian's, or the one that CHROMIUM names) on the live server."""

import io
import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page, expect

from home import catalogues
from membership.actions import accept_consent, load_consent_texts, set_totp_secret
from membership.models import ConsentText, User
from membership.totp import code_at
from tests.browser.network import Line
from tests.browser.serving import CountedSite
from tests.factories.people import Standing, standing_people
from tests.factories.way import Way, lay_way
from tests.laid import laid_once

ROOT = Path(__file__).resolve().parents[2]
# Where pictures for the documents go: `make pictures` says, else none is made.
PICTURES = os.environ.get("PICTURES", "")
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = {"phone": (360, 780), "desktop": (1280, 900)}
_OTHER = {"phone": "desktop", "desktop": "phone"}
PASSWORD = "mat-khau-thu-1"
SECRET = "JBSWY3DPEHPK3PXP"
# How long what must come may take, in ms: as long as a machine needs that has ten times as much to do.
PATIENCE = 60_000
# The first is the same browser without what only a window shows, and asks half as much of the processor.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
# No renderer lives long enough to earn what the compilers that tune its scripts would take.
UNTUNED = "--js-flags=--no-opt --no-maglev"
STAFF = ("binh", "chi", "dung", "lan", "giang")

# Only what is wrong leaves the page: all that is right there is many times as much to carry and to read.
_VIOLATIONS = """part => axe.run(part ? part : document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  resultTypes: ['violations'],
}).then((found) => found.violations.map((one) => `${one.id}: ${one.help} (${one.nodes[0].html.slice(0, 160)})`))"""
# What decides beside its words how a page looks, and what of its words is new each time.
_LOOK = "`${innerWidth} ${innerHeight} ${matchMedia('(prefers-color-scheme: dark)').matches} ${location.pathname}`"
_SECRETS = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=X-CSRFToken&quot;:&quot;)[^&]+|(?<=nonce=")[^"]*'
    r"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
_passed: set[tuple[str, str, str]] = set()

# Playwright's own event loop runs in this thread; the database is used between its steps only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=PATIENCE)


@pytest.fixture(autouse=True, scope="session")
def _catalogues() -> None:
    catalogues.compile_all()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not program:
        pytest.fail("Browser tests need Chromium: install it (Debian: chromium-headless-shell) or name it in CHROMIUM.")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": program, "args": [*quiet, UNTUNED]}


@pytest.fixture(scope="session")
def live_server(live_server: Any) -> Any:
    """Static files bear the header that WhiteNoise gives them, without which no font loads in an opaque frame."""
    server = live_server.thread.httpd
    server.set_app(CountedSite(_with_open_static(server.get_app())))
    return live_server


def _with_open_static(app: Callable[..., Any]) -> Callable[..., Any]:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        more = [("Access-Control-Allow-Origin", "*")] if environ["PATH_INFO"].startswith("/static/") else []
        return app(environ, lambda status, headers, *rest: start(status, [*headers, *more], *rest))

    return answer


@pytest.fixture(params=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def way(transactional_db: None) -> Way:
    """The world of the whole way, committed; staff have their second factor, the consent waits to be accepted."""
    with transaction.atomic():
        return _lay_way_to_walk(standing_people())


@laid_once
def _lay_way_to_walk(standing: Standing) -> Way:
    load_consent_texts(by=None, at=timezone.now())
    for username in STAFF:
        user = User.objects.get(username=username)
        set_totp_secret(user=user, secret=SECRET, by=user, at=timezone.now())
    return lay_way(standing)


class Visitor:
    """One person's browser: goes through pages, and asks axe about each that it visits, unless told that another test
    has asked about these."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.address = address
        self.asks_axe = True
        self.page.on("pageerror", lambda error: pytest.fail(f"{self.page.url}: {error}"))

    def open(self, path: str) -> None:
        response = self.page.goto(self.address + path)
        assert response is not None
        assert response.status < 400, f"{path}: {response.status}"
        self.check()

    def press(self, label: str, *, role: Any = "button", **values: object) -> None:
        """Presses the first button (or link) with that label, in English as in the code, with what stands in it."""
        self.follow(self.page.get_by_role(role, name=say(label) % values if values else say(label)).first)

    def follow(self, place: Locator) -> None:
        """Clicks what leads to another page, and waits for that page."""
        with self.page.expect_navigation():
            place.click()
        self.check()

    def sign_in(self, username: str) -> None:
        """Through the pages of the site."""
        self.open("/tai-khoan/login/")
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.follow(self.page.locator("main form button[type=submit]").first)
        if username in STAFF:
            self.page.locator("input[name=code]").fill(code_at(SECRET, timezone.now()))
            self.follow(self.page.locator("main form button[type=submit]").first)
        if self.page.locator("input[name^=text-service-]").count():
            self.page.locator("input[name^=text-service-]").check()
            self.press("Agree and continue")

    def come_back(self, username: str) -> None:
        """As one who has signed in on another day, and agreed then: past the pages that ask for it."""
        user = User.objects.get(username=username)
        if user.person and (text := ConsentText.objects.awaited_from(user.person.pk)):
            accept_consent(person=user.person, text=text, by=user, at=timezone.now())
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        self.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.address}])

    def check(self) -> None:
        """No violation on the page, and nothing wider than the screen; Wagtail's admin is Wagtail's."""
        if "/quan-tri/" in self.page.url or not self.page.url.startswith(self.address):
            return
        overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{self.page.url} is {overflow}px too wide"
        assert not self.asks_axe or axe_violations(self.page) == []

    def shoot(self, name: str) -> None:
        """What stands on the screen, as a picture for those who read the documents: ``make pictures`` keeps it."""
        if PICTURES:
            shot = Image.open(io.BytesIO(self.page.screenshot()))
            shot.save(Path(PICTURES) / f"{name}.webp", quality=80, method=6)

    def text(self) -> str:
        return self.page.locator("main").inner_text()


@pytest.fixture
def visitor(browser: Browser, live_server: Any, width: str) -> Iterator[Callable[..., Visitor]]:
    """Makes a new visitor with a browser of their own, at the width of the test or at one that is named."""
    contexts: list[BrowserContext] = []

    def make(at: str = width) -> Visitor:
        across, down = WIDTHS[at]
        size = {"width": across, "height": down}
        # Nothing moves: axe would measure the contrast of what is still coming.
        contexts.append(browser.new_context(viewport=size, locale="vi-VN", reduced_motion="reduce"))
        return Visitor(contexts[-1], live_server.url)

    yield make
    for context in contexts:
        context.close()
    live_server.thread.httpd.get_app().wait_until_answered()


@pytest.fixture
def visitors(visitor: Callable[..., Visitor], width: str) -> Callable[[dict[str, str]], dict[str, Visitor]]:
    """Several people, signed in, each at the width that they mostly hold; where ``width`` is ``turned``, each at the
    other one, without asking axe once more."""

    def make(held: dict[str, str]) -> dict[str, Visitor]:
        is_turned = width == "turned"
        people = {name: visitor(at=_OTHER[at] if is_turned else at) for name, at in held.items()}
        for name, own in people.items():
            own.asks_axe = not is_turned
            own.come_back(name)
        return people

    return make


@pytest.fixture
def line(live_server: Any) -> Iterator[Line]:
    laid = Line(live_server.url)
    yield laid
    laid.close()


@pytest.fixture
def an_on_line(way: Way, visitor: Callable[[], Visitor], line: Line) -> Visitor:
    """An, signed in, whose line can be cut."""
    own = visitor()
    own.address = line.address
    own.come_back("an")
    return own


def wait_until(page: Page, asked: str, arg: Any = None) -> None:
    """Until what is asked of the page comes true. Playwright's own ``wait_for_function`` takes a promise for true."""
    for _turn in range(PATIENCE // 100):
        if page.evaluate(asked, arg):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"It did not come true: {asked} ({arg})")


def say(text: str) -> str:
    """The Vietnamese that the page shows for a text of the code."""
    with override("vi"):
        return gettext(text)


def axe_violations(page: Page, within: str = "") -> list[str]:
    """What axe finds on the page as it stands, or in that part of it, one line for each kind of violation.

    A page that has passed at this size and in these colours, and has not changed by a letter since, is not asked again.
    """
    seen = (within, *(_SECRETS.sub("", part) for part in (page.evaluate(_LOOK), page.content())))
    if seen in _passed:
        return []
    found = ask_axe(page, within)
    if not found:
        _passed.add(seen)
    return found


def ask_axe(page: Page | Frame, within: str = "") -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
        if isinstance(page, Page):  # what comes after it brings axe along, compiled once
            page.context.add_init_script(f"if (self === top) {{ {_axe()} }}")
    return [f"{page.url}: {violation}" for violation in page.evaluate(_VIOLATIONS, within)]


@cache
def _axe() -> str:
    if not AXE.exists():
        pytest.fail("axe-core is missing: run `make setup`.")
    return AXE.read_text(encoding="utf-8")
