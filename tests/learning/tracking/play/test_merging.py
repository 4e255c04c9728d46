"""Three-way merges of what two tabs saved."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.tracking.play.entries import merged, merged_text


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "result"),
    [
        ({"a": 1}, {"a": 2}, {"a": 1}, {"a": 2}),
        ({"a": 1}, {"a": 1}, {"a": 2}, {"a": 2}),
        ({"a": 1}, {"a": 2}, {"a": 3}, {"a": 2}),
        ({}, {"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
        ({"a": 1, "b": 2}, {"b": 2}, {"a": 1, "b": 3}, {"b": 3}),
        ({"q": {"1": "x"}}, {"q": {"1": "y"}}, {"q": {"1": "x", "2": "z"}}, {"q": {"1": "y", "2": "z"}}),
        ([None, None], ["a", None], [None, "b"], ["a", "b"]),
        ([1], [1, 2], [1, 3], [1, 2]),
        ({"a": 1}, {"a": True}, {"a": 1}, {"a": True}),
        ("x", "y", "z", "y"),
        ([1], [1, 2], [1, 2, 3], [1, 2, 3]),
        ([1, 2], [], [1, 2, 3], []),
        ({"path": "0/"}, {"path": "0/1/"}, {"path": "0/1/2/"}, {"path": "0/1/2/"}),
        ({"path": "0/"}, {"path": "0/1/"}, {"path": "0/2/"}, {"path": "0/1/"}),
        ({"path": "0/1/"}, {"path": ""}, {"path": "0/1/2/"}, {"path": ""}),
    ],
)
def test_what_only_one_changed_is_kept_from_both(base, mine, theirs, result):
    assert merged(base, mine, theirs) == result


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.text("ab", max_size=2),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text("ab", max_size=1), inside, max_size=3),
    max_leaves=8,
)


@given(base=_VALUES, one=_VALUES)
def test_who_changed_nothing_never_undoes_the_other(base, one):
    assert merged(base, one, base) == one
    assert merged(base, base, one) == one
    assert merged(base, one, one) == one


def test_without_a_base_the_latest_wins():
    assert merged_text(None, '{"a":1}', '{"b":2}') == '{"a":1}'
    assert json.loads(merged_text("{}", '{"a":1}', '{"b":2}')) == {"a": 1, "b": 2}
