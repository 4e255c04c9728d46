"""What an action refuses, told to whoever asked: on the next page, or in the form, which keeps what was typed.

Of a PermissionDenied ``denied`` says what is told, empty its own words; without it that goes on and becomes a 403.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest


@contextmanager
def told_on_page(request: HttpRequest, *, denied: str | None = None) -> Iterator[None]:
    try:
        yield
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    except PermissionDenied as refused:
        if denied is None:
            raise
        messages.error(request, denied or str(refused))


@contextmanager
def told_in_form(form: BaseForm, *, denied: str | None = None) -> Iterator[None]:
    """Afterwards ``form.errors`` says whether anything was refused."""
    try:
        yield
    except ValidationError as refused:
        form.add_error(None, refused)
    except PermissionDenied as refused:
        if denied is None:
            raise
        form.add_error(None, denied or str(refused))
