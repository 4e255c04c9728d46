import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied, ValidationError

from interface.refusals import told_in_form, told_on_page


class NameForm(forms.Form):
    name = forms.CharField()


@pytest.fixture
def request_(rf):
    request = rf.get("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def said(request):
    return [str(message) for message in get_messages(request)]


def test_what_is_refused_is_told_on_the_next_page(request_):
    with told_on_page(request_):
        raise ValidationError(["Too late.", "Ask first."])
    assert said(request_) == ["Too late. Ask first."]


def test_what_is_refused_is_told_in_the_form_at_its_field():
    form = NameForm({"name": "An"})
    assert form.is_valid()
    with told_in_form(form):
        raise ValidationError({"name": "Taken."})
    assert form.errors == {"name": ["Taken."]}


@pytest.mark.parametrize(("denied", "told"), [("", "not yours"), ("You may not.", "You may not.")])
def test_a_denial_is_told_where_that_is_asked_for(request_, denied, told):
    form = NameForm({"name": "An"})
    with told_on_page(request_, denied=denied), told_in_form(form, denied=denied):
        raise PermissionDenied("not yours")
    assert (form.non_field_errors(), said(request_)) == ([told], [])
    with told_on_page(request_, denied=denied):
        raise PermissionDenied("not yours")
    assert said(request_) == [told]


def test_any_other_denial_goes_on(request_):
    with pytest.raises(PermissionDenied), told_on_page(request_), told_in_form(NameForm({})):
        raise PermissionDenied("not yours")
