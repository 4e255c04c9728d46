"""What is kept of a content's parameters."""

import pytest

from tests.factories.packages import QUESTION_SEMANTICS
from training_materials.packages.refusal import PackageRefusedError
from training_materials.packages.semantics import Cleaner

INNER = [{"name": "text", "type": "text", "widget": "html", "tags": ["strong"]}]


def cleaner(media=(), semantics=QUESTION_SEMANTICS) -> Cleaner:
    known = {"H5P.MultiChoice 1.16": semantics, "H5P.Text 1.1": INNER}
    return Cleaner(known.get, frozenset(media))


def cleaned(params, **more):
    return cleaner(**more).params("H5P.MultiChoice 1.16", params)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>a<script>alert(1)</script></p>", "<p>a</p>"),
        ('<p onclick="x()">a</p>', "<p>a</p>"),
        ('<img src=x onerror="alert(1)">a', "a"),
        ("<svg onload=alert(1)></svg>a", "a"),
        ("<strong>a</strong><h1>b</h1>", "<strong>a</strong>b"),
        ('<iframe src="/hoc-tap/"></iframe>a', "a"),
        ('<p style="color: red; position: fixed">a</p>', '<p style="color:red">a</p>'),
        ("<math><mi//xlink:href='data:x,<script>alert(1)</script>'>a", ""),
    ],
)
def test_html_keeps_what_the_field_names(before, after):
    assert "script" not in cleaned({"question": before})["question"]
    if after:
        assert cleaned({"question": before})["question"] == after


@pytest.mark.parametrize("number", [10**400, "1e400", "nan", 1e15, True, "x"])
def test_a_number_beyond_all_use_is_dropped(number):
    assert cleaned({"behaviour": {"passPercentage": number}}) == {"behaviour": {}}


def test_text_without_an_html_widget_is_escaped_once():
    feedback = {"answers": [{"text": "x", "tipsAndFeedback": {"chosenFeedback": "a < b &lt; c <script>"}}]}
    kept = cleaned(feedback)["answers"][0]["tipsAndFeedback"]["chosenFeedback"]
    assert kept == "a &lt; b &lt; c &lt;script&gt;"


def test_fields_that_no_semantics_name_are_dropped_and_counted():
    found = cleaner()
    assert found.params("H5P.MultiChoice 1.16", {"question": "a", "evil": "<script>"}) == {"question": "a"}
    assert found.dropped == 1


def test_values_have_the_kind_that_the_field_says():
    kept = cleaned({"behaviour": {"singlePoint": "true", "passPercentage": "70", "type": 'single"x'}})
    assert kept == {"behaviour": {"singlePoint": True, "passPercentage": 70.0, "type": "single&quot;x"}}


@pytest.mark.parametrize("path", ["https://evil.example/a.png", "//evil.example/a.png", "../../a.png", "javascript:x"])
def test_media_from_elsewhere_is_left_out_and_said(path):
    found = cleaner(media=["images/a.png"])
    assert found.params("H5P.MultiChoice 1.16", {"picture": {"path": path}}) == {}
    assert path in found.notes[0]


def test_media_of_the_package_stays():
    kept = cleaned({"picture": {"path": "images/a.png", "width": 10, "onload": "x"}}, media=["images/a.png"])
    assert kept == {"picture": {"path": "images/a.png", "width": 10}}


def test_contents_inside_are_cleaned_by_their_own_semantics():
    inside = {"library": "H5P.Text 1.1", "params": {"text": "<em>a</em><strong>b</strong>"}, "subContentId": "ab-12",
              "metadata": {"title": "<script>x</script>t"}}  # fmt: skip
    kept = cleaner(semantics=[{"name": "c", "type": "library"}]).params("H5P.MultiChoice 1.16", {"c": inside})
    assert kept["c"]["params"] == {"text": "a<strong>b</strong>"}
    assert kept["c"]["subContentId"] == "ab-12"
    assert kept["c"]["metadata"] == {"title": "t"}


def test_a_group_of_one_field_stands_as_that_field():
    semantics = [{"name": "g", "type": "group", "fields": [{"name": "t", "type": "text"}]}]
    assert cleaned({"g": "a<b"}, semantics=semantics) == {"g": "a&lt;b"}


def test_without_semantics_no_tag_that_runs_stays():
    found = Cleaner(lambda name: None, frozenset())
    assert found.params("X 1.0", {"a": ["<b onclick=x>t</b><script>y</script>"]}) == {"a": ["<b>t</b>"]}


def test_what_does_not_fit_at_all_is_refused():
    with pytest.raises(PackageRefusedError):
        cleaned([])
    with pytest.raises(PackageRefusedError):
        cleaned({"answers": [{"text": "x"}] * 5_001})
