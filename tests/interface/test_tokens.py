"""Colours are held to what they promise, light and dark: text on any ground can be read in sunlight."""

import re

import pytest

from home.assets import STYLES

AAA, AA = 7, 4.5
TOPICS = ("lotus", "river", "brick", "areca", "turmeric")
PAIRS = [
    *((text, ground, AAA) for text in ("ink", "ink-soft") for ground in ("paper", "card", "sunken")),
    *(("ink", f"{topic}-tint", AAA) for topic in TOPICS),
    *((f"{topic}-ink", f"{topic}-tint", AAA) for topic in TOPICS),
    *(("ink-soft", f"{topic}-tint", AA) for topic in TOPICS),
    *(("indigo", f"{topic}-tint", AA) for topic in TOPICS),
    *(("indigo", ground, AA) for ground in ("paper", "card", "sunken", "indigo-tint")),
    *((text, f"{text}-tint", AA) for text in ("turmeric", "leaf", "vermilion")),
    ("on-board", "board", AAA),
    ("on-indigo", "indigo", AAA),
    ("on-turmeric", "turmeric-bright", AAA),
]  # fmt: skip


def tokens(scheme):
    light, dark = (STYLES / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    named = {**_named(light), **(_named(dark) if scheme == "dark" else {})}
    return {name: int(value, 16).to_bytes(3, "big") for name, value in named.items()}


def _named(text):
    return dict(re.findall(r"--([\w-]+): #([0-9a-f]{6});", text))


def luminance(colour):
    """As WCAG 2.2 defines it."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme):
    colours = tokens(scheme)
    found = {}
    for text, ground, wanted in PAIRS:
        lighter, darker = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
        if (lighter + 0.05) / (darker + 0.05) < wanted:
            found[text, ground] = round((lighter + 0.05) / (darker + 0.05), 2)
    assert not found
