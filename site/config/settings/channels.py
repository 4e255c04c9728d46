"""By which channels the site reaches people; the same in every environment. See docs/how-to/channels.md."""

import environ
from django.core.exceptions import ImproperlyConfigured

from work import web_push

_env = environ.Env()
_LONGEST_BOX = 20  # with what stands behind its + an address holds no more

EMAIL_BACKEND = "work.outbox.OutboxBackend"
DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # by which letters leave the outbox
EMAIL_TIMEOUT = 15
EMAIL_LETTERS_A_MINUTE = _env.int("EMAIL_LETTERS_A_MINUTE", default=0)  # that the mail server takes; 0: no limit

BOUNCE_ADDRESS = _env.str("BOUNCE_ADDRESS", default="")  # to which letters come back, or ""
_box, _, _host = BOUNCE_ADDRESS.partition("@")
if BOUNCE_ADDRESS and not (_host and 0 < len(_box) <= _LONGEST_BOX):
    raise ImproperlyConfigured("BOUNCE_ADDRESS is an address with at most 20 letters before its @.")

# Gateways of short messages: off without an address.
TEXT_CHANNELS = {
    name: {
        "url": _env.str(f"{name.upper()}_URL", default=""),
        "secret": _env.str(f"{name.upper()}_SECRET", default=""),
        "a_minute": _env.int(f"{name.upper()}_A_MINUTE", default=60),
    }
    for name in ("sms", "zalo")
}
for _name, _gateway in TEXT_CHANNELS.items():
    if _gateway["url"] and not _gateway["secret"]:
        raise ImproperlyConfigured(f"{_name.upper()}_URL needs {_name.upper()}_SECRET, which signs what is sent there.")

# Web push: off without a key, of which browsers are told the public half.
PUSH_KEY = _env.str("PUSH_KEY", default="")
if PUSH_KEY:
    try:
        web_push.key_of(PUSH_KEY)
    except ValueError as error:
        raise ImproperlyConfigured("PUSH_KEY is none that `manage.py new_push_key` made.") from error
IS_THIS_MACHINE_OUTSIDE = False  # for tests alone: push services stand on it
