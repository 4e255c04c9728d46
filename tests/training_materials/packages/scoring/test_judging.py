"""Claims held against responses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_materials.packages.scoring import VerdictKind, judge

PARAMS = {"answers": [{"correct": True}, {"correct": False}, {"correct": True}]}


def data(response, raw, maximum=2):
    return {"statement": {"result": {"response": response, "score": {"raw": raw, "max": maximum}}}}


@pytest.mark.parametrize(
    ("said", "kind", "share"),
    [
        (data("0[,]2", 2), VerdictKind.VERIFIED, 1.0),
        (data("0", 1), VerdictKind.VERIFIED, 0.5),
        (data("0[,]2", 1), VerdictKind.VERIFIED, 0.5),
        (data("0", 2), VerdictKind.REJECTED, None),
        (data("1", 1, 1), VerdictKind.REJECTED, None),
        (data("0", 1, 1), VerdictKind.REJECTED, None),
        (data("7", 1), VerdictKind.UNVERIFIED, 0.5),
        (data("7", 99), VerdictKind.UNVERIFIED, None),
        ({"statement": {"result": {"response": "0[,]2"}}}, VerdictKind.VERIFIED, 1.0),
        ({}, VerdictKind.VERIFIED, 0.0),
        (None, VerdictKind.UNVERIFIED, None),
        ([], VerdictKind.UNVERIFIED, None),
    ],
)
def test_a_claim_holds_only_as_far_as_the_responses_earn_it(said, kind, share):
    verdict = judge("H5P.MultiChoice 1.16", PARAMS, said)
    assert (verdict.kind, verdict.share) == (kind, share)


def test_without_scorer_a_claim_stays_a_claim():
    assert judge("H5P.Essay 1.5", {}, data("text", 2)).kind == VerdictKind.UNVERIFIED


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(
            st.sampled_from(["statement", "result", "response", "score", "raw", "max", "children", "object", "id"]),
            inside,
        )
    ),
    max_leaves=30,
)


@given(said=_ANYTHING, library=st.sampled_from(["H5P.MultiChoice 1.16", "H5P.QuestionSet 1.20", "H5P.Blanks 1.14"]))
def test_no_report_however_strange_is_an_error_or_a_verified_success(said, library):
    verdict = judge(library, PARAMS, said)
    assert verdict.kind != VerdictKind.VERIFIED or verdict.share in (0.0, 0.5, 1.0)
