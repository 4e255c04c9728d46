"""01/12/2026 is the first of December, in whatever form and language it is typed."""

import datetime

import django_filters
import pytest
from django import forms
from django.apps import apps
from django.urls import get_resolver
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

DAY = datetime.date(2026, 12, 1)
TYPED = {"01/12/2026": DAY, "2026-12-01": DAY, "15/12/2026": datetime.date(2026, 12, 15)}


def subclasses(of):
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


def edit_forms():
    """Of pages and snippets: Wagtail makes them when they are asked for."""
    pages = [model.get_edit_handler() for model in apps.get_models() if issubclass(model, Page)]
    snippets = [model.snippet_viewset for model in get_snippet_models()]
    return [each.get_form_class() for each in [*pages, *snippets]]


def every_field():
    """Each date of each form class that the site and Wagtail have, and of each filter, by where it stands."""
    assert get_resolver().url_patterns, "all views are imported, and with them their forms"
    every_form = {*edit_forms(), *subclasses(forms.BaseForm)}
    held = [(form, getattr(form, "base_fields", {})) for form in every_form]
    for filters in subclasses(django_filters.FilterSet):
        dates = {name: one for name, one in filters.base_filters.items() if "Date" in one.field_class.__name__}
        held.append((filters, {name: one.field for name, one in dates.items()}))
    return {
        f"{holder.__module__}.{holder.__qualname__}.{name}.{number}": part
        for holder, fields in held
        for name, field in fields.items()
        for number, part in enumerate(getattr(field, "fields", [field]))
        if isinstance(part, (forms.DateField, forms.DateTimeField))
    }


def day_in(read):
    return timezone.localtime(read).date() if isinstance(read, datetime.datetime) else read


@pytest.mark.parametrize("language", ["vi", "en"])
def test_day_stands_before_month_in_every_form(db, language):
    fields = every_field()
    told = " ".join(fields)
    assert all(name in told for name in ("LessonPageForm.go_live_at", "MembershipForm.valid_to", "FilterSet.timestamp"))
    with override(language):
        for where, field in fields.items():
            if field.widget.attrs.get("type") == "date":
                assert field.widget.format_value(DAY) == "2026-12-01", (where, "as a browser reads it")
            for typed, day in TYPED.items():
                for text in [typed, f"{typed} 19:30"] if isinstance(field, forms.DateTimeField) else [typed]:
                    read = field.to_python(text)
                    assert day_in(read) == day, (where, text)
                    assert day_in(field.to_python(field.widget.format_value(read))) == day, (where, "as it was shown")
