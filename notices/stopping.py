"""The links in letters that need no signing in. By one a press stops such letters (RFC 8058); it is good for ever, for
it does nothing but stop. By the other a mailbox is proven anew."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "notices.stopping"
_CONFIRMING = "notices.confirming"
_GOOD_FOR = 3 * 24 * 60 * 60


def stop_address(person_id: int, kind: str) -> str:
    return settings.BASE_URL + reverse("notices:stop", args=[signing.dumps([person_id, kind], salt=_SALT)])


def stopped_by(token: str) -> tuple[int, str] | None:
    """Whose letters of which kind it stops; None where the site never gave it."""
    try:
        person_id, kind = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return person_id, kind


def confirmation(person_id: int, address: str) -> str:
    return signing.dumps([person_id, address], salt=_CONFIRMING)


def confirmed_by(token: str) -> tuple[int, str] | None:
    """Whose address it proves; None where the site never gave it, or long ago."""
    try:
        person_id, address = signing.loads(token, salt=_CONFIRMING, max_age=_GOOD_FOR)
    except signing.BadSignature:
        return None
    return person_id, address
