"""What is typed over several lines is as long as the page counts it, in every form that is declared."""

from collections.abc import Iterator

from django import forms
from django.forms.forms import BaseForm
from django.urls import get_resolver

from interface.fields import LinesField
from tests.architecture.tree import owner


def declared(kind: type[BaseForm]) -> Iterator[type[BaseForm]]:
    for form in kind.__subclasses__():
        if owner(form.__module__):
            yield form
        yield from declared(form)


def test_an_end_of_a_line_counts_as_one_sign_wherever_lines_are_counted():
    assert get_resolver().url_patterns  # the views have brought their forms
    long = {
        f"{form.__module__}.{form.__name__}.{name}": field
        for form in declared(BaseForm)
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.Textarea) and field.max_length
    }
    assert len(long) >= 10
    assert [name for name, field in long.items() if not isinstance(field, LinesField)] == []
