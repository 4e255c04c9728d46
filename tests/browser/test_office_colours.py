"""Every part of the back office can be read in the light and in the dark: whole pages, Wagtail's own too."""

import pytest
from django.urls import reverse
from django.utils import timezone

from membership.actions import sync_groups
from tests.browser.conftest import ask_axe, wait_until

pytestmark = pytest.mark.browser

_STANDS = "getComputedStyle(document.documentElement).backgroundColor"
_TYPE = "getComputedStyle(document.querySelector('h1, h2')).fontFamily"
PAPER = {"light": "rgb(251, 248, 241)", "dark": "rgb(19, 23, 29)"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whole_pages_stand_out_from_paper_in_both_schemes(way, visitor, scheme):
    sync_groups(user=way.standing.binh, at=timezone.now())
    binh = visitor()
    binh.come_back("binh")
    binh.page.emulate_media(color_scheme=scheme)
    pages = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[way.course.pk]),
        reverse("wagtailadmin_pages:edit", args=[way.course.pk]),
        reverse("wagtailadmin_account"),
        reverse("question_bank:index"),
    ]
    found = [problem for page in pages for problem in _pale(binh, page, scheme)]
    assert "\n".join(found) == ""


def _pale(binh, address, scheme):
    binh.open(address)
    wait_until(binh.page, "!!document.querySelector('.sidebar-main-menu')")
    assert binh.page.evaluate(_STANDS) == PAPER[scheme]
    assert "Be Vietnam Pro" in binh.page.evaluate(_TYPE)
    return [one for one in ask_axe(binh.page) if "color-contrast" in one]
