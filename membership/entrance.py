"""The forms for signing in and up. Apart from forms.py, which allauth's own forms import while they load."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django import forms
from django.utils.translation import gettext_lazy as _


class _WithoutPlaceholders(forms.Form):
    """Labels say what is asked, and stay when one has begun to type."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SignInForm(_WithoutPlaceholders, LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Sign-in name or e-mail address")
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class EntranceForm(_WithoutPlaceholders, SignupForm):
    """allauth's, extended by ``membership.forms.SignUpForm``. The help says what makes a password good, not only what
    is refused.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least 8 characters. Three or four words that do not belong together are long, easy to remember and "
            "hard to guess; spaces and accents are welcome."
        )
