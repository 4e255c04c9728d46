"""How long a decision took, from the page's own signed word on when it was opened."""

from django.core import signing
from django.utils import timezone

_LONGEST = 4 * 60 * 60  # a page left open over lunch says nothing
_SALT = "dossiers.opened"


def opened_now() -> str:
    return signing.dumps(int(timezone.now().timestamp()), salt=_SALT)


def seconds_since(token: str) -> int | None:
    """None where the page does not say, or was open for too long to tell."""
    try:
        opened = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    seconds = int(timezone.now().timestamp()) - opened
    return seconds if 0 <= seconds <= _LONGEST else None
