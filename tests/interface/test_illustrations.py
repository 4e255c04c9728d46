"""The illustrations keep to one hand, to the tokens, and to what a phone on 3G can load."""

import re
import zlib
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from config import REPOSITORY
from interface import illustrations

TOKENS = set(re.findall(r"--([a-z-]+):", (REPOSITORY / "site/interface/static/css/tokens.css").read_text()))
NAMES = [
    *illustrations.names(),
    *(f"emblems/{number}" for number in illustrations.emblem_numbers()),
    *(illustrations.teacher(name) for name, _label in illustrations.teachers()),
]
MOST_BYTES = 2_560
SHAPES = {"svg", "g", "path", "circle", "ellipse", "rect"}


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def elements(name):
    return list(ElementTree.fromstring(illustrations.drawn(name)).iter())


def test_it_is_made_of_plain_shapes_in_a_view_box(name):
    root, *inside = elements(name)
    assert re.fullmatch(r"0 0 \d+ \d+", root.attrib["viewBox"])
    assert {element.tag.rpartition("}")[2] for element in [root, *inside]} <= SHAPES
    used = {attribute for element in inside for attribute in element.attrib}
    assert not used & {"style", "class", "id", "href", "onclick", "opacity", "filter"}


def test_it_has_no_colour_but_ink_and_tokens(name):
    for element in elements(name):
        for attribute in ("fill", "stroke"):
            colour = element.attrib.get(attribute, "none")
            token = re.fullmatch(r"var\(--([a-z-]+)\)", colour)
            assert colour in ("none", "currentColor") or (token and token[1] in TOKENS), colour


def test_its_line_is_as_wide_as_that_of_the_others(name):
    root = elements(name)[0]
    assert root.attrib["stroke-width"] == ("2" if name.startswith("emblems/") else "4")
    assert root.attrib["stroke-linejoin"] == "round"


def test_it_is_light_enough_for_every_page(name):
    assert len(zlib.compress(illustrations.drawn(name).encode(), 6)) <= MOST_BYTES


def test_without_a_label_it_is_hidden_and_with_one_it_is_read():
    hidden = Template('{% illustration "reading" %}').render(Context())
    assert hidden.startswith('<svg class="illustration" aria-hidden="true" focusable="false" ')
    named = Template("{% illustration name label %}").render(Context({"name": "reading", "label": 'A "book"'}))
    assert 'role="img" aria-label="A &quot;book&quot;"' in named


def test_what_nobody_drew_is_a_fault():
    with pytest.raises(KeyError):
        illustrations.drawn("dragon")


def named_illustrations():
    for folder in (
        "site",
        "membership",
        "notices",
        "training_materials",
        "learning",
        "assessments",
        "evaluation",
        "movement",
        "search",
    ):
        for path in (REPOSITORY / folder).rglob("*.*"):
            if path.suffix in (".html", ".py"):
                for name in re.findall(r"""illustration(?:[:=] ?|: str = | )["']([a-z-]+)["']""", path.read_text()):
                    yield path.relative_to(REPOSITORY), name


def test_every_illustration_that_a_page_names_is_drawn():
    named = list(named_illustrations())
    assert len(named) > 20
    assert [found for found in named if found[1] not in illustrations.names()] == []


def test_each_of_the_ten_indicators_has_its_emblem_and_an_eleventh_has_none():
    assert illustrations.emblem_numbers() == tuple(range(1, 11))
    shown = Template("{% emblem 3 %}|{% emblem 11 %}|{% emblem nothing %}").render(Context())
    assert shown.startswith('<svg class="emblem" aria-hidden="true"')
    assert shown.endswith("</svg>||")
