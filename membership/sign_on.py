"""Signing in with an account of somebody else's: VNeID, or a province's own sign-on, by OpenID Connect. Decision 0137.

It is off unless settings name one. Of what the issuer tells, the account keeps its number there (``sub``) and how
surely it knew the person (``acr``); a name fills in the sign-up form, and a citizen ID becomes its hash, for finding
the record of who is on the roster. Accounts are found again by that number alone.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import user_logged_in
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.forms import SignupForm
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.signals import social_account_added
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from requests import RequestException

from interface.refusals import told_on_page
from membership.actions import connect_sign_on, disconnect_sign_on, open_by_citizen_id
from membership.admission import private_form, user_of
from membership.citizen_ids import read_citizen_id
from membership.models import User

KEY = "sign-on"
LEVEL = "identity_level"  # in the session
_NONCE = "sign_on_nonce"
_METHOD = "socialaccount"  # as allauth calls it in the session
_LONGEST_LEVEL = 200
_AWAY = gettext_lazy("%(name)s does not answer as it should. Try again later, or sign in another way.")


class Provider(OpenIDConnectProvider):
    package = "allauth.socialaccount.providers.openid_connect"  # where its addresses are

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        """What the issuer answers names this browser: allauth asks for no such thing."""
        nonce = request.session.setdefault(_NONCE, get_random_string(43))
        return {**super().get_auth_params_from_request(request, action), "nonce": nonce}

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> SocialLogin:
        answered, asked = response.get("id_token", {}).get("nonce"), request.session.get(_NONCE)
        if not asked or answered != asked:
            raise OAuth2Error("the answer was not made for this browser")
        login: SocialLogin = super().sociallogin_from_response(request, response)
        told = _claims(response).get(self.app.settings.get("citizen_id_claim") or "", "")
        login.citizen_id = told if isinstance(told, str) else ""  # for this request alone: no session takes it up
        return login

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The same in both tokens, or neither counts."""
        numbers = {part.get("sub") for part in data.values()}
        number = numbers.pop() if len(numbers) == 1 else None
        if "id_token" not in data or not isinstance(number, str) or not number:
            raise OAuth2Error("the issuer did not say who it is")
        return number

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """All that is kept beside the number. An issuer that says no level has said none."""
        level = _claims(data).get("acr")
        return {"acr": level[:_LONGEST_LEVEL]} if isinstance(level, str) and level else {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"name": _claims(data).get("name")}

    def extract_email_addresses(self, _data: dict[str, Any]) -> list[Any]:
        """None: whose a mailbox is, people prove here."""
        return []


class SignOnAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, _request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """The name waits here for the sign-up form."""
        user: User = sociallogin.user
        user.first_name = data["name"][:150] if isinstance(data.get("name"), str) else ""
        return user

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        return {"full_name": sociallogin.user.first_name}

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Who is on the roster under the citizen ID that the issuer tells needs no slip."""
        is_new = not sociallogin.is_existing and sociallogin.state.get("process") == AuthProcess.LOGIN
        if not is_new or not (digits := _digits(sociallogin.citizen_id)):
            return
        try:
            user = open_by_citizen_id(citizen_id=digits, at=timezone.now())
        except ValidationError as error:
            raise ImmediateHttpResponse(_told(request, " ".join(error.messages))) from error
        if user is not None:
            sociallogin.connect(request, user)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        sociallogin.user.first_name = ""
        user: User = super().save_user(request, sociallogin, form)
        connect_sign_on(by=user, at=timezone.now())
        return user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return reverse("membership:account")

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: str = AuthError.UNKNOWN, **_more: Any
    ) -> None:
        """In words, on the page where one can go on in another way."""
        if error == AuthError.CANCELLED:
            told = _("You stopped signing in with %(name)s. Nothing was kept.")
        elif _more.get("exception") is not None:
            told = str(_AWAY)
        else:
            told = _("Signing in with %(name)s was begun in another window, or too long ago. Please begin again.")
        raise ImmediateHttpResponse(_told(request, told % {"name": provider.app.name}))


class EntranceForm(SignupForm):
    """Name, year and commune, as for all; no address and no password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"email", "username"} & self.fields.keys():
            del self.fields[name]


def _told_if_away(view: Callable[..., HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """allauth asks the issuer for its addresses where nothing catches that it is away, or is no issuer."""

    @wraps(view)
    def asked(request: HttpRequest) -> HttpResponse:
        try:
            return view(request, KEY)
        except (RequestException, KeyError):
            return _told(request, _AWAY % {"name": settings.OIDC_NAME})

    return asked


begin = _told_if_away(views.login)
arrive = _told_if_away(views.callback)


@receiver(social_account_added)
def note_connection(sociallogin: SocialLogin, **_more: Any) -> None:
    connect_sign_on(by=sociallogin.user, at=timezone.now())


@receiver(user_logged_in)
def note_level(request: HttpRequest, sociallogin: SocialLogin | None = None, **_more: Any) -> None:
    """For as long as the session lasts; whoever comes in another way has none."""
    request.session[LEVEL] = sociallogin.account.extra_data.get("acr", "") if sociallogin else ""


@private_form
def disconnect(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        with told_on_page(request):
            disconnect_sign_on(by=user_of(request), at=timezone.now())
    return redirect("membership:account")


def of(user: User) -> dict[str, Any] | None:
    """What the account page shows, where a sign-on is set up."""
    if not settings.OIDC_NAME:
        return None
    kept = SocialAccount.objects.filter(user=user, provider=KEY).first()
    tied = {"since": kept.date_joined, "level": kept.extra_data.get("acr")} if kept else {}
    return {"name": settings.OIDC_NAME, **tied}


def address_of_leaving(request: HttpRequest) -> str:
    """Where who came by the sign-on ends that session too; empty for the others, and where the issuer is away.

    No token goes along, for none is kept: the issuer asks once more.
    """
    if not settings.OIDC_NAME or all(
        record["method"] != _METHOD for record in get_authentication_records(request, request.user)
    ):
        return ""
    provider = get_adapter().get_provider(request, KEY)
    try:
        end: str = provider.get_oauth2_adapter(request).openid_config.get("end_session_endpoint", "")
    except (RequestException, ValueError):
        return ""
    onward = {"client_id": provider.app.client_id, "post_logout_redirect_uri": request.build_absolute_uri("/")}
    return f"{end}{'&' if '?' in end else '?'}{urlencode(onward)}" if end else ""


def _claims(response: dict[str, Any]) -> dict[str, Any]:
    """Of both; what the signed token says goes before."""
    return {**response.get("userinfo", {}), **response.get("id_token", {})}


def _digits(told: str) -> str:
    try:
        return read_citizen_id(told, None)[0]
    except ValueError:
        return ""


def _told(request: HttpRequest, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect("membership:account" if request.user.is_authenticated else "account_login")
