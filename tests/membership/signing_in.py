"""Signing in through the page, as a person does."""

from django.utils import timezone

from membership.totp import code_at
from tests.factories.people import PASSWORD, TOTP_SECRET

SIGN_IN = "/tai-khoan/login/"
SECOND_FACTOR = "/tai-khoan/2fa/authenticate/"


def sign_in(client, login, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": login, "password": password, **more})


def give_code(client, secret=TOTP_SECRET):
    return client.post(SECOND_FACTOR, {"code": code_at(secret, timezone.now())})
