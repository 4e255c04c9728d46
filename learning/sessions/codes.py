"""The code that a session shows: eight digits, another each minute, made from the site's secret. Pure but for that."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

PERIOD = 60  # seconds
DIGITS = 8
# Between reading the code and pressing the button lie signing in and a slow network.
TICKET_LIVES = 600  # seconds
_SALT = "evidence.checkin"


def code_at(session_id: UUID, moment: datetime.datetime) -> str:
    """The code of the minute in which the moment lies."""
    return _code(session_id, int(moment.timestamp()) // PERIOD)


def seconds_left(moment: datetime.datetime) -> int:
    return PERIOD - int(moment.timestamp()) % PERIOD


def is_current(session_id: UUID, code: str, moment: datetime.datetime) -> bool:
    """Whether it is the code of this minute or of the one before: people need time to read it."""
    minute = int(moment.timestamp()) // PERIOD
    return any(constant_time_compare(_code(session_id, known), code) for known in (minute, minute - 1))


def session_of(code: str, sessions: Iterable[UUID], moment: datetime.datetime) -> UUID | None:
    """Which of the sessions shows this code, typed with or without spaces."""
    digits = "".join(character for character in code if character.isascii() and character.isdigit())
    return next((session_id for session_id in sessions if is_current(session_id, digits, moment)), None)


def ticket_for(session_id: UUID) -> str:
    """Given for a right code; good for ten minutes."""
    return signing.dumps(session_id.hex, salt=_SALT)


def session_of_ticket(ticket: str) -> UUID | None:
    try:
        return UUID(hex=signing.loads(ticket, salt=_SALT, max_age=TICKET_LIVES))
    except signing.BadSignature:
        return None


def _code(session_id: UUID, minute: int) -> str:
    digest = salted_hmac(_SALT, f"{session_id.hex}:{minute}", algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}}"
