"""That axe, as it is asked here, finds what is wrong: otherwise no page could fail."""

import pytest

from tests.browser.conftest import axe_violations

pytestmark = pytest.mark.browser

WRONG = """<html lang="vi"><title>Sai</title><main>
  <img src="x.png"><p style="color: #aaa; background: #fff">chữ mờ</p><input>
</main></html>"""


def test_axe_finds_what_is_wrong(browser):
    page = browser.new_page()
    page.set_content(WRONG)
    for within in ("", "main"):
        found = axe_violations(page, within)
        assert [line.split(": ")[1] for line in found] == ["color-contrast", "image-alt", "label"]
    page.close()
