"""E-mail by way of the outbox: whoever sends goes on at once, and the letter goes out when the mail server takes it.

What is put in belongs to the transaction at hand: it is there with it, or undone with it.
"""

import datetime
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from work import actions, tasks
from work.queue import enqueue_once

_SOON = datetime.timedelta(seconds=1)


class OutboxBackend(BaseEmailBackend):
    """``settings.EMAIL_BACKEND``; by ``DELIVERY_BACKEND`` the letters leave again."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """A letter for each address: nobody reads who else was written to."""
        for message in email_messages:
            for address in message.recipients():
                actions.put_letter(message=message, address=address, at=timezone.now())
        enqueue_once(tasks.deliver, within=_SOON)
        return len(email_messages)
