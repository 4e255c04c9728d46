"""The back office reads as the site does: every colour that Wagtail names is a token, and text stands out from it."""

import re
from pathlib import Path

import pytest
import wagtail.admin

from home.assets import STYLES, office_styles
from tests.interface.test_tokens import AA, luminance, tokens

OFFICE = (STYLES / "office" / "colours.css").read_text()
WAGTAILS = Path(wagtail.admin.__file__).parent / "static" / "wagtailadmin" / "css" / "core.css"
NAMED = dict(re.findall(r"(--w-color-[a-z0-9-]+): (.+);", OFFICE.partition("}")[0]))
# Shadows and veils, which are black and white everywhere.
VEILS = re.compile(r"--w-color-((black|white)-\d+|box-shadow-md)$|-(hue|saturation|lightness)$")

GROUNDS = ("page", "field", "field-inactive", "header", "dashboard-panel")
PAIRS = [
    *(
        (f"text-{text}", f"surface-{ground}")
        for text in ("context", "label", "meta", "placeholder", "link-default", "link-hover", "error")
        for ground in GROUNDS
    ),
    *(("text-button", f"surface-button-{state}") for state in ("default", "hover")),
    ("text-button", "surface-tooltip"),
    ("text-button-outline-default", "surface-page"),
    ("text-button-outline-hover", "surface-button-outline-hover"),
    ("text-button-critical-outline-hover", "surface-button-critical-hover"),
    ("text-label-menus-default", "surface-menus"),
    ("text-status-label", "surface-status-label"),
    ("text-context", "text-highlight"),
    *(("grey-600", f"{kind}-50") for kind in ("info", "positive", "warning", "critical", "secondary")),
    *(("white", strong) for strong in ("primary", "secondary-400", "info-100", "positive-100", "critical-200")),
]


def test_every_colour_that_wagtail_names_is_a_token_of_the_site():
    wagtails = set(re.findall(r"(--w-color-[a-z0-9-]+):", WAGTAILS.read_text()))
    assert {name for name in wagtails if not VEILS.search(name)} <= set(NAMED)
    assert {name for value in NAMED.values() for name in re.findall(r"--([a-z-]+)", value)} <= set(tokens("light"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground_in_the_back_office(scheme):
    colours = tokens(scheme)
    found = {}
    for text, ground in PAIRS:
        names = [re.fullmatch(r"var\(--([a-z-]+)\)", NAMED[f"--w-color-{one}"])[1] for one in (text, ground)]
        lighter, darker = sorted((luminance(colours[name]) for name in names), reverse=True)
        if (lighter + 0.05) / (darker + 0.05) < AA:
            found[text, ground] = round((lighter + 0.05) / (darker + 0.05), 2)
    assert not found


def test_what_an_account_chose_outweighs_what_its_device_asks_for():
    styles = office_styles()
    by_device, chosen_light, chosen_dark = (
        styles.index(one)
        for one in (
            "@media (prefers-color-scheme: dark){:root{--paper: #13171d",
            "@media (prefers-color-scheme: dark){.w-theme-light{--paper: #fbf8f1",
            ".w-theme-dark{--paper: #13171d",
        )
    )
    assert by_device < chosen_light < chosen_dark
