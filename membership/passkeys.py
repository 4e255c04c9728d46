"""Signing in without a password: by a passkey, which a phone or a key keeps and opens by finger, face or PIN.

Adding, renaming and removing stand at allauth's own addresses, before them: allauth's would write no audit entry, would
take the last second factor from an officer, and would answer what it cannot read by a fault.
"""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import auto_generate_recovery_codes
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth, flows
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from interface.refusals import told_on_page
from membership.actions import add_passkey, remove_passkey, rename_passkey
from membership.admission import private_form, private_page, user_of
from membership.client import takes_passkeys
from membership.policy import is_staff_member

# What a browser sends is only as well-formed as whoever wrote it.
_UNREADABLE = (ValidationError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
_NOT_MADE = gettext_lazy("The passkey was not made. Try again; if it fails again, keep using your password.")
_OPENS_NOTHING = gettext_lazy("This passkey opens no account here. Choose another one, or sign in with your password.")
_LONGEST_NAME = 60


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the passkey"),
        max_length=_LONGEST_NAME,
        help_text=gettext_lazy("For yourself: on which phone or key it is."),
    )


class AddPasskeyForm(NameForm):
    credential = forms.JSONField(widget=forms.HiddenInput, error_messages={"required": _NOT_MADE, "invalid": _NOT_MADE})

    def clean_credential(self) -> dict[str, Any]:
        credential: dict[str, Any] = self.cleaned_data["credential"]
        try:
            auth.parse_registration_response(credential)
            auth.complete_registration(credential)
        except _UNREADABLE as error:
            raise ValidationError(_NOT_MADE) from error
        return credential


class _ReadWithCare(AuthenticateWebAuthnForm):
    """What cannot be read opens nothing, as what belongs to somebody else."""

    def clean_credential(self) -> Authenticator:
        try:
            passkey: Authenticator = super().clean_credential()
        except _UNREADABLE as error:
            raise ValidationError(_OPENS_NOTHING) from error
        return passkey


class SecondFactorForm(_ReadWithCare):
    """After the password."""


class SignInForm(_ReadWithCare, LoginWebAuthnForm):
    """Instead of the password."""


class ConfirmForm(_ReadWithCare, ReauthenticateWebAuthnForm):
    """Before something that matters, by who is signed in already."""


@require_POST
@never_cache
@ratelimit.decorator(app="allauth.mfa", action="webauthn_login")
def challenge(request: HttpRequest) -> HttpResponse:
    """What the browser is to have signed: by a new passkey of who is signed in, or by any that the person chooses."""
    if request.user.is_authenticated and "new" in request.POST:
        return JsonResponse(auth.begin_registration(request.user, passwordless=True))
    return JsonResponse(auth.begin_authentication(user=None))


@require_POST
@never_cache
@ratelimit.decorator(app="allauth.mfa", action="webauthn_login")
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST)
    if not form.is_valid():
        messages.error(request, _OPENS_NOTHING)
        return redirect("account_login")
    passkey = form.cleaned_data["credential"]
    response: HttpResponse = flows.perform_passwordless_login(request, passkey, Login(user=passkey.user))
    return response


@private_page
def listed(_request: HttpRequest) -> HttpResponse:
    return redirect(_on_account_page())


@private_form
@reauthentication_required(app="allauth.mfa")
def add(request: HttpRequest) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    named = {"name": _("Passkey of %(day)s") % {"day": date_format(timezone.localdate(), "d/m/Y")}}
    form = AddPasskeyForm(request.POST or None, initial=named)
    if form.is_valid():
        add_passkey(user=user, **form.cleaned_data, by=user, at=now)
        messages.success(request, _("Done: from now on you can sign in with this passkey."))
        # Who loses the only key to an office needs another way in; a citizen has the password.
        has_new_codes = is_staff_member(user) and auto_generate_recovery_codes(request)
        return redirect("mfa_view_recovery_codes" if has_new_codes else _next_page(request))
    context = {"form": form, "takes_passkeys": takes_passkeys(request), "next": request.GET.get("next", "")}
    return render(request, "mfa/webauthn/add_form.html", context, status=422 if form.errors else 200)


@private_form
@reauthentication_required(app="allauth.mfa")
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    passkey = _own(request, pk)
    form = NameForm(request.POST or None, initial={"name": passkey.data["name"]})
    if form.is_valid():
        rename_passkey(passkey=passkey, **form.cleaned_data, by=user_of(request), at=timezone.now())
        return redirect(_on_account_page())
    context = {"form": form, "passkey": passkey}
    return render(request, "mfa/webauthn/edit_form.html", context, status=422 if form.errors else 200)


@private_form
@reauthentication_required(app="allauth.mfa")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    passkey = _own(request, pk)
    if request.method == "POST":
        with told_on_page(request):
            remove_passkey(passkey=passkey, by=user_of(request), at=timezone.now())
            messages.success(request, _("The passkey opens nothing here any more. Delete it on your device as well."))
        return redirect(_on_account_page())
    return render(request, "mfa/webauthn/authenticator_confirm_delete.html", {"passkey": passkey})


def _on_account_page() -> str:
    return f"{reverse('membership:account')}#passkeys"


def _own(request: HttpRequest, pk: int) -> Authenticator:
    return get_object_or_404(Authenticator, pk=pk, user=user_of(request), type=Authenticator.Type.WEBAUTHN)


def _next_page(request: HttpRequest) -> str:
    onward = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return onward if is_ours else _on_account_page()
