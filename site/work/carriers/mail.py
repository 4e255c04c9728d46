"""E-mail, by whichever mail server the site is given."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from work import mail_faults
from work.bounces import returning_to_us
from work.carriers.contract import AwayError, Give, NobodyThereError, RefusedError
from work.letters import opened
from work.models import Channel

# Of one letter: by the mail server, or by what writes it, as of an address that is none.
_REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    ValueError,
)
_NOBODY_THERE = {550, 551, 553}
# What a server says whose settings, or ours, are wrong: it may be mended. Not every server adds a status.
_NOT_FROM_US = re.compile(rb"5\.7\.|5\.1\.[78]|relay\w* (?:not|access|denied|prohibited)|(?:unable to|no) relay", re.I)


class Mail:
    name, is_on = Channel.MAIL, True

    @property
    def a_minute(self) -> int:
        return int(settings.EMAIL_LETTERS_A_MINUTE)

    @contextmanager
    def connected(self) -> Iterator[Give]:
        try:
            with get_connection(settings.DELIVERY_BACKEND) as connection:
                yield partial(_give, connection)
        except OSError as fault:  # an SMTPException is one
            raise AwayError(_told(fault)) from fault


def _give(connection: BaseEmailBackend, address: str, content: bytes) -> None:
    try:
        connection.send_messages([returning_to_us(opened(content))])
    except smtplib.SMTPRecipientsRefused as refusal:
        if _is_final(refusal):
            raise NobodyThereError(_told(refusal)) from refusal
        raise RefusedError(_told(refusal), is_of_us=_is_of_us(refusal)) from refusal
    except _REFUSALS as refusal:
        raise RefusedError(_told(refusal), is_of_us=isinstance(refusal, smtplib.SMTPSenderRefused)) from refusal


def _told(fault: Exception) -> str:
    return mail_faults.told(fault, f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}")


def _is_of_us(refusal: smtplib.SMTPRecipientsRefused) -> bool:
    """Whether it is the site that is refused, and not this one letter."""
    return all(_NOT_FROM_US.search(reply) for _code, reply in refusal.recipients.values())


def _is_final(refusal: smtplib.SMTPRecipientsRefused) -> bool:
    told = refusal.recipients.values()
    return all(code in _NOBODY_THERE and not _NOT_FROM_US.search(reply) for code, reply in told)
