"""Files of evidence: one address asks who may and notes it, and leads to a signed one that lives two minutes."""

import uuid

from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from learning.evidence.files import given_out
from learning.evidence.models import EvidenceFile
from membership.actions import log_file_access
from membership.admission import private_page, user_of

LINK_LIVES = 120  # seconds
_SALT = "evidence.file"


@private_page
def file(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    kept = get_object_or_404(
        EvidenceFile.objects.visible_to(request.user).select_related("evidence__person"), pk=file_id
    )
    user = user_of(request)
    log_file_access(user=user, person=kept.evidence.person, what=f"file:{kept.pk.hex}", at=timezone.now())
    return redirect("evidence:file_content", token=signing.dumps([kept.pk.hex, user.pk], salt=_SALT))


@private_page
def content(request: HttpRequest, token: str) -> FileResponse:
    """Only for whom the link was made, and only so long."""
    try:
        file_id, user_id = signing.loads(token, salt=_SALT, max_age=LINK_LIVES)
    except signing.BadSignature as refused:
        raise Http404 from refused
    if user_id != user_of(request).pk:
        raise Http404
    kept = get_object_or_404(EvidenceFile, pk=uuid.UUID(hex=file_id))
    return given_out(kept.file, kept.name, kept.content_type)
