"""As for measuring, without a log: errors are what is made here, and the learners count those that stay."""

from tests.bench.settings import *  # noqa: F403

LOGGING = {"version": 1, "disable_existing_loggers": True}
