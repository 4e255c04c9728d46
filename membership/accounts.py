"""How allauth behaves here: one door for the site and for Wagtail's admin."""

import time
from io import BytesIO
from typing import Any

import segno
from allauth.account import app_settings, auth_backends
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from membership.actions import GOOD_FOR, admit_citizen, may_remove
from membership.browsers import known_as, remember
from membership.client import address_of
from membership.models import Contact, ContactKind, ContactPurpose, Person, Slip, User
from membership.policy import Action, AnyUser, is_staff_member, may
from membership.sign_on import address_of_leaving

_ALLAUTH = "allauth.account"


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    """What a person is known by signs in as the account's name does, whoever made the account: their code, which stands
    on their slip, and a phone number that is for signing in and that no other account has.
    """

    def _authenticate_by_username(self, username: str, password: str) -> User | None:
        user: User | None = super()._authenticate_by_username(username, password)
        return user or self._check_password(_known_by(username), password)

    def get_user(self, user_id: int) -> User | None:
        """With the person: whether they withdrew their consent is asked at each request."""
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-mail address or password is not right."),
        "username_password_mismatch": _("Personal code or password is not right."),
        "too_many_login_attempts": _(
            "Too many failed attempts on this account. Wait five minutes, set a new password by e-mail, or ask the "
            "officer of your chapter for a slip."
        ),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return first_page_of(request.user)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return first_page_of(request.user)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return address_of_leaving(request) or super().get_logout_redirect_url(request)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address as the site's other limits count by."""
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the attempt, and refuses it where there were too many: see ``ACCOUNT_RATE_LIMITS``.

        Who has signed in from this browser before is counted alone, so guesses from elsewhere do not hold them up.
        """
        self._attempts = []
        for action, key in _counted(request, credentials).items():
            attempt = ratelimit.consume(request, app=_ALLAUTH, action=action, key=key)
            if not attempt:
                raise self.validation_error("too_many_login_attempts")
            self._attempts.append(attempt)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        for attempt in self._attempts if user else ():
            attempt.rollback()
        return user

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth's name for: who has just set a new password by mail need not wait."""
        for action, key in _counted(request, credentials).items():
            ratelimit.clear(request, app=_ALLAUTH, action=action, key=key)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who typed the password, or opened their passkey, within the last minutes is not asked for it again."""
        records = get_authentication_records(self.request, self.request.user)
        proofs = [record["at"] for record in records if record["method"] == "password" or record.get("passwordless")]
        is_fresh = time.time() - max(proofs, default=0) < app_settings.REAUTHENTICATION_TIMEOUT
        return not is_fresh and super().is_reauthentication_required(app=app, **kwargs)

    def get_login_stages(self) -> list[str]:
        """allauth's, with the proof of the mailbox and the second factor asked for as the stages here say."""
        return [_STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        admit_citizen(user=user, at=timezone.now())
        response: HttpResponse = super().post_login(request, user, **kwargs)
        tell_of_slips(request, user)
        remember(request, response, user)
        return response


def tell_of_slips(request: HttpRequest, user: User) -> None:
    """For thirty days, at each sign-in: who never asked for one learns who had a hand in it."""
    for slip in Slip.objects.to_tell(user, timezone.now() - GOOD_FOR):
        told = {
            "day": date_format(timezone.localtime(slip.printed_at), "d/m/Y"),
            "officer": slip.printed_by.get_full_name(),
            "second": slip.confirmed_by.get_full_name() if slip.confirmed_by else "–",
        }
        messages.info(
            request,
            _(
                "On %(day)s %(officer)s printed a slip for a new password for you (confirmed by: %(second)s). You did "
                "not ask for it? Change your password and tell the learning promotion association of your commune."
            )
            % told,
        )


class MailboxStage(EmailVerificationStage):
    """Who signs up proves the mailbox before the first sign-in; later, or where an officer made the account, not again.

    So nobody takes another's address, nobody learns who has an account, and nobody is locked out by a slip in a
    changed address or for want of a mailbox.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if user is not None and (user.last_login or not EmailAddress.objects.filter(user_id=user.pk).exists()):
            return None, True
        return super().handle()


class SecondFactorStage(AuthenticateStage):
    """A citizen's passkey is instead of the password, and no second lock behind it; an officer's is that too."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        asks = user and (is_staff_member(user) or get_mfa_adapter().is_mfa_enabled(user, [Authenticator.Type.TOTP]))
        return bool(asks) and super()._should_handle(request)


_STAGES = {
    "allauth.account.stages.EmailVerificationStage": "membership.accounts.MailboxStage",
    "allauth.mfa.stages.AuthenticateStage": "membership.accounts.SecondFactorStage",
}


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Your role needs a second factor, so it cannot be switched off."),
    }

    def build_totp_svg(self, url: str) -> str:
        """On white, so that a phone can read it in dark mode too."""
        drawn = BytesIO()
        segno.make(url).save(drawn, kind="svg", light="#fff", border=4, omitsize=True)
        return drawn.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return may_remove(authenticator)


def _known_by(typed: str) -> User | None:
    """By a code, or by a phone number in its normal form."""
    if bearing := User.objects.filter(person__in=Person.objects.bearing(typed.upper())).first():
        return bearing
    reached = Contact.objects.filter(kind=ContactKind.PHONE, value=typed, person__user__isnull=False)
    sharing = list(reached.select_related("person__user")[:2])
    is_own = len(sharing) == 1 and sharing[0].purpose == ContactPurpose.SIGN_IN
    return sharing[0].person.user if is_own else None


def _counted(request: HttpRequest, credentials: dict[str, Any]) -> dict[str, str]:
    """Under which keys an attempt to sign in is counted, by their rates."""
    name = str(credentials.get("email") or credentials.get("username", "")).lower()
    if browser := known_as(request, name):
        return {"login_failed_known": f"{name}:{browser}"}
    return {"login_failed": f"{name}:{address_of(request)}", "login_failed_account": name}


def first_page_of(user: AnyUser) -> str:
    """Where someone's work begins after signing in."""
    if may(user, Action.VIEW_DOSSIERS):
        return "/danh-gia/"
    return "/quan-tri/" if may(user, Action.PUBLISH_MATERIALS) else "/hoc-tap/"
