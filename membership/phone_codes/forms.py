"""What is typed by who forgot their password and has a telephone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from membership.contacts import normal_form
from membership.forms import GOOD_PASSWORD
from membership.models import ContactKind


class AskForm(forms.Form):
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        help_text=_("The number by which you sign in, where it is yours alone and your officer has verified it."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_phone(self) -> str:
        return normal_form(ContactKind.PHONE, self.cleaned_data["phone"])


class RenewForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        help_text=_("Six figures, as they stand in the message."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=GOOD_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_code(self) -> str:
        code = "".join(str(self.cleaned_data["code"]).split())
        if not (code.isascii() and code.isdigit()):
            raise ValidationError(_("The code has six figures and nothing else."))
        return code

    def renewal(self) -> dict[str, Any]:
        return {"code": self.cleaned_data["code"], "password": self.cleaned_data["password1"]}
