"""`make test`: everything real but speed-ups that change no behaviour."""

from config.settings.dev import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = VAR / "test-media"
_files = "django.core.files.storage.FileSystemStorage"
STORAGES["private"] = {"BACKEND": _files, "OPTIONS": {"location": VAR / "test-private", "base_url": None}}
STORAGES["default"] = {"BACKEND": _files, "OPTIONS": {"location": MEDIA_ROOT}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that `pytest --reuse-db` can keep it and browser tests can share it between threads.
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
WHITENOISE_AUTOREFRESH = True  # no collected files are needed, nor a folder for them
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a thread that is done leaves no connection behind
