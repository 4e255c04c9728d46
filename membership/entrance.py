"""The forms for signing in and up. Apart from forms.py, which allauth's own forms import while they load."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from membership.client import takes_passkeys
from membership.contacts import normal_form
from membership.forms import GOOD_PASSWORD
from membership.models import ContactKind
from work.carriers import carriers


class _WithoutPlaceholders(forms.Form):
    """Labels say what is asked, and stay when one has begun to type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignInForm(_WithoutPlaceholders, LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Personal code, phone or e-mail address")
        self.fields["login"].help_text = _(
            "The code stands on your slip: eight letters and figures. A phone number works where it is yours alone."
        )
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.sign_on = settings.OIDC_NAME
        self.takes_phone_codes = carriers["sms"].is_on
        self.takes_passkeys = self.request is not None and takes_passkeys(self.request)

    def clean_login(self) -> str:
        """As it is kept, so that one name is one name for who counts failures: none has spaces, and a phone number is
        as it is dialled from anywhere."""
        typed = "".join(super().clean_login().split())
        try:
            return normal_form(ContactKind.PHONE, typed)
        except ValidationError:
            return typed


class EntranceForm(_WithoutPlaceholders, SignupForm):
    """allauth's, extended by ``membership.forms.SignUpForm``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = GOOD_PASSWORD
