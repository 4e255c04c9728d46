"""The link in a letter by which one press stops such letters, without signing in (RFC 8058). It is good for ever: it
does nothing but stop."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "notices.stopping"


def stop_address(person_id: int, kind: str) -> str:
    return settings.BASE_URL + reverse("notices:stop", args=[signing.dumps([person_id, kind], salt=_SALT)])


def stopped_by(token: str) -> tuple[int, str] | None:
    """Whose letters of which kind it stops; None where the site never gave it."""
    try:
        person_id, kind = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return person_id, kind
