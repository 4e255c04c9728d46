"""A real Chromium (Debian's, or the one that CHROMIUM names) on the live server."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text() if (ROOT / "node_modules").exists() else ""
WIDTHS = {"phone": (360, 780), "desktop": (1280, 900)}

# Playwright's own event loop runs in this thread; the database is used between its steps only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        pytest.fail("Browser tests need Chromium: install it (Debian: apt install chromium) or name it in CHROMIUM.")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": program, "args": quiet}


@pytest.fixture(params=list(WIDTHS))
def browser_context_args(browser_context_args: dict[str, Any], request: pytest.FixtureRequest) -> dict[str, Any]:
    width, height = WIDTHS[request.param]
    return {**browser_context_args, "viewport": {"width": width, "height": height}, "locale": "vi-VN"}


def axe_violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, one line for each kind of violation."""
    if not AXE:
        pytest.fail("axe-core is missing: run `make setup`.")
    page.evaluate(AXE)
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    return [
        f"{page.url}: {violation['id']}: {violation['help']} ({violation['nodes'][0]['html'][:160]})"
        for violation in found["violations"]
    ]
