import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from config import REPOSITORY
from interface.icons import ICONS
from interface.templatetags.site_tags import percent, points

FOLDERS = [
    "site",
    "membership",
    "notices",
    "training_materials",
    "learning",
    "assessments",
    "evaluation",
    "movement",
    "search",
]


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("8.5"), "8,5"), (Decimal("8.0"), "8"), (8, "8"), (0, "0"), (None, "–"), ("", "–"), (1234.5, "1.234,5")],
)
def test_points_read_as_vietnamese_writes_numbers(value, text):
    with translation.override("vi"):
        assert points(value) == text


def test_a_missing_percentage_is_said_to_be_missing():
    with translation.override("vi"):
        assert percent(None) == "chưa có số liệu"
        assert percent(Decimal("45.25")) == "45,2 %"


def named_icons():
    for folder in FOLDERS:
        for path in (REPOSITORY / folder).rglob("*.html"):
            if "/wagtailadmin/" not in path.as_posix() and "/admin/" not in path.as_posix():
                for name in re.findall(r"""{% icon ["']([a-z0-9-]+)["']|icon=["']([a-z0-9-]+)["']""", path.read_text()):
                    yield path.relative_to(REPOSITORY), "".join(name)


def test_every_icon_that_a_template_names_is_in_the_sprite():
    assert [found for found in named_icons() if found[1] not in ICONS] == []


def test_an_icon_is_hidden_from_screen_readers():
    html = Template('{% icon "search" %}').render(Context())
    assert 'aria-hidden="true"' in html
    assert "icons.svg#search" in html


def test_the_strip_says_in_words_what_it_draws():
    cells = [{"number": n, "name": f"Tên {n}", "self": 8, "reviewed": 4 if n == 6 else 8} for n in range(1, 11)]
    with translation.override("vi"):
        html = Template('{% include "components/indicator_strip.html" %}').render(Context({"cells": cells}))
    assert "Trên 100 điểm: tự đánh giá 80, gợi ý –, thẩm định 76." in " ".join(html.split())
    assert "Dưới mức sàn 5: chỉ số 6." in " ".join(html.split())
    assert html.count("<tr>") == 11
    assert "Gợi ý</th>" not in html


def test_a_bar_says_value_and_goal_in_words():
    with translation.override("vi"):
        html = Template("{% bar value 100 60 %}").render(Context({"value": Decimal("45.2")}))
        unknown = Template("{% bar value 100 60 %}").render(Context({"value": None}))
    assert "45,2 %, mục tiêu là 60 %" in html
    assert 'width="45.2"' in html
    assert 'aria-label="Chưa có số liệu"' in unknown


def test_templates_hold_no_inline_style_or_script():
    for folder in (Path("site/interface/templates"), Path("site/home/templates")):
        for path in (REPOSITORY / folder).rglob("*.html"):
            assert not re.search(r"<style| style=|<script>| on[a-z]+=", path.read_text()), path
