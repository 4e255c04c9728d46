"""What is typed over several lines is as long as the page counts it."""

import pytest
from django.core.exceptions import ValidationError

from interface.fields import LinesField


def test_an_end_of_a_line_counts_as_one_sign():
    field = LinesField(max_length=3)
    assert field.clean("a\r\nb") == "a\nb"
    with pytest.raises(ValidationError):
        field.clean("a\r\nbc")
