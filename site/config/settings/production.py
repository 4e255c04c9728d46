"""Production: everything needed is demanded here, so that a missing value stops the start."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *

_NEEDED = [
    "SECRET_KEY",  # signs sessions
    "PERSON_HASH_KEY",  # finds duplicates by citizen ID; changing it loses them
    "LEDGER_SIGNING_KEY",  # signs the ledger's checkpoints: `manage.py ledger_key` makes one
    "ALLOWED_HOSTS",
    "BASE_URL",  # stands on certificates and in mails
    "DATABASE_URL",  # postgres://…
    "REDIS_URL",  # page cache and rate limits, shared by all workers
    "CLIENT_ADDRESS_HEADER",  # whom limits count by: such as HTTP_X_REAL_IP, or REMOTE_ADDR where there is no proxy
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
]
_missing = [name for name in _NEEDED if not env.str(name, default="")]
if _missing:
    raise ImproperlyConfigured(f"Production needs these environment variables: {', '.join(_missing)}.")

if CLIENT_ADDRESS_HEADER != "REMOTE_ADDR" and not CLIENT_ADDRESS_HEADER.startswith("HTTP_"):
    raise ImproperlyConfigured(
        "CLIENT_ADDRESS_HEADER is written as HTTP_X_REAL_IP for the header X-Real-IP, or REMOTE_ADDR without a proxy."
    )

SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
_mail = env.email("EMAIL_URL")
DELIVERY_BACKEND = _mail.pop("EMAIL_BACKEND")
vars().update(_mail)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL")

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

# Wagtail's editor shows the preview of a page in a frame of the same origin.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 365)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
