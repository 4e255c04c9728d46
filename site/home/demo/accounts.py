"""The demo's sign-ins: one printed password, and for staff a printed secret of the second factor."""

import base64
import datetime
import hashlib

from allauth.account.models import EmailAddress

from membership.actions import accept_consent, set_totp_secret
from membership.models import ConsentText, Person, User


def add_account(
    *,
    username: str,
    person: Person | None,
    at: datetime.datetime,
    password: str | None = None,
    is_superuser: bool = False,
) -> User:
    """An account that has accepted the consent; without a password nobody can sign in with it."""
    user = User(
        username=username,
        email=f"{username}@example.vn",
        person=person,
        is_superuser=is_superuser,
        is_staff=is_superuser,
        date_joined=at,
    )
    user.set_password(password) if password else user.set_unusable_password()
    user.save()
    if password:
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    text = ConsentText.objects.first()
    if person and text:
        accept_consent(person=person, text=text, by=user, at=at)
    return user


def give_second_factor(user: User, at: datetime.datetime) -> None:
    set_totp_secret(user=user, secret=totp_secret(user.username), by=user, at=at)


def totp_secret(username: str) -> str:
    """The same secret for the same name each time: for the demo only."""
    return base64.b32encode(hashlib.sha256(f"demo {username}".encode()).digest()[:20]).decode()
