"""As for measuring; what breaks is told by the crawl itself."""

from tests.bench.settings import *  # noqa: F403

ROOT_URLCONF = "config.urls"
LOGGING = {"version": 1, "disable_existing_loggers": True}
# Hundreds of thousands of requests: what a cache would keep of a rolled back one is not true.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
