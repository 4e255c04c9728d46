"""As production runs, without limits for so many at one address, and without a log: errors are what is made here."""

from config.settings.production import *  # noqa: F403

RATELIMIT_ENABLE = False
ACCOUNT_RATE_LIMITS = False
LOGGING = {"version": 1, "disable_existing_loggers": True}
