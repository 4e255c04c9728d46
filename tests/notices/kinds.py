"""Telling in tests, and the moments at which it is done."""

import datetime
from email import message_from_bytes, policy

from notices.actions import Told, tell
from work.letters import opened
from work.models import Letter

ZONE = datetime.timezone(datetime.timedelta(hours=7))
FRIDAY = datetime.datetime(2026, 11, 20, 9, tzinfo=ZONE)
NIGHT = datetime.datetime(2026, 11, 20, 23, tzinfo=ZONE)
MONDAY = datetime.datetime(2026, 11, 23, 8, tzinfo=ZONE)


def told_about(kind, users, number=1, *, at=FRIDAY):
    told = [
        Told(person_id=user.person_id, key=str(number), subject=number, values={"number": number}, address="/ho-so/")
        for user in users
    ]
    return tell(kind=kind, told=told, at=at)


def letters():
    """As another parser reads what a mail server is given, the oldest first."""
    rows = Letter.objects.order_by("pk")
    return [message_from_bytes(opened(bytes(row.content)).message().as_bytes(), policy=policy.default) for row in rows]
