"""The forms for signing in and up. Apart from forms.py, which allauth's own forms import while they load."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

from membership.forms import GOOD_PASSWORD


class _WithoutPlaceholders(forms.Form):
    """Labels say what is asked, and stay when one has begun to type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignInForm(_WithoutPlaceholders, LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Personal code or e-mail address")
        self.fields["login"].help_text = _("The code stands on your slip: eight letters and figures.")
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean_login(self) -> str:
        """As it is written in groups or read aloud: no name, code or address has spaces."""
        return "".join(super().clean_login().split())


class EntranceForm(_WithoutPlaceholders, SignupForm):
    """allauth's, extended by ``membership.forms.SignUpForm``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = GOOD_PASSWORD
