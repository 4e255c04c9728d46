"""As production runs, but on this machine alone: plain HTTP, the file cache, one bare view, no rate limits."""

from config.settings.base import *  # noqa: F403

SECRET_KEY = "for measuring only"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.bench.urls"
RATELIMIT_ENABLE = False
SILENCED_SYSTEM_CHECKS = ["django_ratelimit.E003", "django_ratelimit.W001"]
DEMO_ALLOWED = True
