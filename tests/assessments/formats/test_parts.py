"""Exports never make a file that an import would refuse."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.formats import _AROUND_A_FILE, FORMATS, MOST_BYTES, MOST_QUESTIONS, parted, size_of
from assessments.formats.conversion import fit
from tests.assessments.formats.samples import questions

LARGEST = MOST_BYTES - _AROUND_A_FILE


@given(st.lists(st.one_of(st.integers(0, LARGEST + 2), st.sampled_from([0, LARGEST, LARGEST + 1]))))
def test_each_part_fits_and_all_that_can_be_held_is_in_one(weights):
    parts = parted(weights)
    assert [place for part in parts for place in part] == [
        place for place, weight in enumerate(weights) if weight <= LARGEST
    ]
    assert all(sum(weights[place] for place in part) <= LARGEST for part in parts)


def test_a_part_holds_no_more_questions_than_an_import_takes():
    assert [len(part) for part in parted([0] * (MOST_QUESTIONS + 1))] == [MOST_QUESTIONS, 1]


@pytest.mark.parametrize("format_", FORMATS.values(), ids=lambda format_: format_.key)
@given(data=st.data())
@settings(max_examples=25)
def test_no_file_is_larger_than_it_was_weighed(format_, data):
    made = data.draw(questions(format_.holds, with_media=format_.carries_media))
    assert len(format_.write(made)) <= _AROUND_A_FILE + sum(_weight(format_, question) for question in made)


def _weight(format_, question):
    fitted = fit(question)
    words = [fitted.prompt, fitted.body, fitted.feedback, [medium.alt for medium in fitted.media]]
    size = size_of(fitted.kind, words, [len(medium.content) for medium in fitted.media])
    return size.in_file(format_.around, with_media=format_.carries_media)
