"""Files that statements come with: kept once for each content, outside every public folder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile

from learning.tracking.models import Attachment, AttachmentUse
from learning.tracking.store.multipart import Part
from learning.tracking.xapi.attachments import declared

_CONTENT_TYPE = "application/octet-stream"


def keep_attachments(statements: Sequence[dict[str, Any]], parts: Sequence[Part]) -> None:
    """``statements`` as they were stored. Two statements may share a file; a use that stands already stays."""
    by_digest = {part.digest: part for part in parts}
    kept = {digest: _keep(part.content) for digest, part in by_digest.items()}
    uses = {}
    for statement, attachment in declared(statements):
        digest = attachment["sha2"].lower()
        if digest in kept:
            uses[statement["id"], digest] = AttachmentUse(
                statement_id=UUID(statement["id"]),
                sha2=attachment["sha2"],
                content_type=by_digest[digest].content_type[:255] or _CONTENT_TYPE,
                attachment_id=kept[digest],
            )
    AttachmentUse.objects.bulk_create(uses.values(), ignore_conflicts=True)


def _keep(content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    if not Attachment.objects.filter(pk=digest).exists():
        attachment = Attachment(sha256=digest, length=len(content))
        attachment.file.save(digest, ContentFile(content), save=False)
        Attachment.objects.bulk_create([attachment], ignore_conflicts=True)
    return digest
