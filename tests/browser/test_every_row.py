"""The page of each address, with a row of a world that has most kinds, as axe sees it in both languages, and as it is
laid out and used by keys on a small phone. What a page does is walked elsewhere: here nothing is sent, so no server
runs beside."""

from functools import cache

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.browser.conftest import ask_axe
from tests.browser.test_every_page import faults_of
from tests.flows.rows import enter, opened
from tests.flows.test_rows import WITHOUT, people  # noqa: F401  the same world

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SITE = "http://site.test"
PHONE = {"width": 320, "height": 640}


@pytest.mark.slow(reason="One look at every address of the site, each laid out at two sizes.")
def test_the_page_of_every_address_is_read_and_used_by_everybody(browser, people):  # noqa: F811
    client = Client(raise_request_exception=False)
    found, _missed = opened(client, people, {name for names in WITHOUT.values() for name in names.split()})
    context = browser.new_context(viewport=PHONE, locale="vi-VN", reduced_motion="reduce")
    page, told = context.new_page(), {}
    context.route("**/*", lambda route: _answer(route, told))
    faults = []
    for one in found.values():
        if not one.html or "/quan-tri/" in one.address:
            continue
        page.emulate_media(forced_colors="none")
        enter(client, one.who, "en")
        wrong = []
        for html in (client.get(one.address).content.decode(), one.html):
            told[one.address] = html
            page.goto(SITE + one.address)
            wrong += ask_axe(page)
        page.emulate_media(forced_colors="active")
        faults += [f"{one.name}: {fault}" for fault in [*wrong, *faults_of(page, "200%"), *faults_of(page)]]
    context.close()
    assert not faults, "\n".join(faults)


def _answer(route, told):
    """What the site told, and its static files; what a page asks for by itself is away."""
    path = route.request.url.removeprefix(SITE).partition("?")[0]
    if path.startswith("/static/"):
        route.fulfill(path=_file(path.removeprefix("/static/")), headers={"Access-Control-Allow-Origin": "*"})
    elif route.request.is_navigation_request() and (html := told.get(route.request.url.removeprefix(SITE))):
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    else:
        route.abort()


@cache
def _file(name):
    found = finders.find(name)
    assert found, name
    return found
