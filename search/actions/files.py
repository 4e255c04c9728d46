"""What uploaded files say."""

import datetime

from django.db import transaction

from search.actions.outbox import note
from search.models import FileText


@transaction.atomic
def keep_text(*, file_id: int, digest: str, text: str, reason: str, at: datetime.datetime) -> None:
    """Keeps what was read of this content, or why nothing was, and has the documents refreshed that hold the file."""
    FileText.objects.filter(file_id=file_id).update(
        digest=digest,
        state=FileText.State.UNREADABLE if reason else FileText.State.READ,
        text=text,
        reason=reason,
        read_at=at,
    )
    note([f"file:{file_id}"])
