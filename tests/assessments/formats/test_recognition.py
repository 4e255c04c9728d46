"""Telling the format from the file."""

import pytest

from assessments.formats import FORMATS, guess
from assessments.formats.question import WHOLE, Choice, PlainQuestion

QUESTION = PlainQuestion("single_choice", "Ai?", code="a", topic="b", choices=(Choice("An", WHOLE), Choice("Bình")))


@pytest.mark.parametrize("key", FORMATS)
def test_what_is_written_is_known_again(key):
    known = guess(f"cau-hoi.{FORMATS[key].extension}", FORMATS[key].write([QUESTION]))
    assert FORMATS[known].read == FORMATS[key].read


@pytest.mark.parametrize(("name", "content"), [("a.pdf", b"%PDF"), ("a.xml", b"<svg/>"), ("a", b"\x00\xff")])
def test_what_is_no_format_is_not_guessed(name, content):
    assert guess(name, content) is None
