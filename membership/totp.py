"""The code that an authenticator app shows: for the demo's people and for tests that sign in."""

import datetime

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value


def code_at(secret: str, at: datetime.datetime) -> str:
    """The code of the moment. A code is good once; the one of 30 seconds earlier or later is accepted as well."""
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // app_settings.TOTP_PERIOD))
