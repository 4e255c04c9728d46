"""What learners and trainers type is as long as the page counts it."""

import pytest

from learning.feedback.forms import MOST_OF_ANSWER, MOST_OF_QUESTION, AnswerForm, AskForm, WordForm
from learning.feedback.models import Enquiry


@pytest.mark.parametrize(
    ("form", "name", "most"),
    [
        (AskForm, "text", MOST_OF_QUESTION),
        (lambda sent: AnswerForm(Enquiry(), sent), "text", MOST_OF_ANSWER),
        (WordForm, "word", 300),
    ],
)
def test_an_end_of_a_line_counts_as_one_sign(form, name, most):
    sent = form({name: "a\r\n" + "b" * (most - 2)})
    assert sent.is_valid()
    assert sent.cleaned_data[name].startswith("a\nb")
    assert not form({name: "b" * (most + 1)}).is_valid()
