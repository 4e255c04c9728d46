"""What is exported and imported again is what it was, as far as the format can hold it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.formats import FORMATS
from assessments.formats.conversion import fit
from tests.assessments.formats.samples import as_stored, questions

WHOLE = [each for each in FORMATS.values() if not each.loses]


def _without_notes(question):
    return as_stored(question)[:-1]


@pytest.mark.parametrize("format_", WHOLE, ids=lambda format_: format_.key)
@given(data=st.data())
@settings(max_examples=60)
def test_nothing_is_lost(format_, data):
    made = data.draw(questions(format_.holds, with_media=format_.carries_media))
    read = list(format_.read(format_.write(made)))
    assert [_without_notes(question) for question in read] == [_without_notes(question) for question in made]


@given(made=questions(FORMATS["aiken"].holds))
@settings(max_examples=60)
def test_aiken_keeps_questions_options_and_the_right_one(made):
    made = [question for question in made if _stays_different(question)]
    aiken = FORMATS["aiken"]
    kept = [fit(question) for question in aiken.read(aiken.write(made))]
    assert [fitted.prompt for fitted in kept] == [_line(question.prompt) for question in made]
    assert [[(option["text"], option["is_correct"]) for option in fitted.body["options"]] for fitted in kept] == [
        [(_line(choice.text), choice.is_right) for choice in question.choices] for question in made
    ]


def _line(text):
    return " ".join(text.split())


def _stays_different(question):
    return len({_line(choice.text).casefold() for choice in question.choices}) == len(question.choices)
