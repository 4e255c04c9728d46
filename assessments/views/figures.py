"""Pictures and sounds of questions, for who is signed in; nothing in them can act."""

import re
from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments.bank.media import TYPES
from assessments.models.bank import FOLDER
from interface.pieces import piece_of

_NAME = re.compile(r"[0-9a-f]{40}\.(\w{3,4})")


@login_required
@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """The file, or the part of it that a player asks for. Names tell nothing and never get another content."""
    found = _NAME.fullmatch(name)
    if found is None or found.group(1) not in TYPES:
        raise Http404
    opened, kind = partial(storages["private"].open, f"{FOLDER}/{name}"), TYPES[found.group(1)]
    try:
        response = piece_of(opened, request, kind)
        if response is None:
            with opened() as file:
                response = HttpResponse(file.read(), content_type=kind)
    except OSError as missing:
        raise Http404 from missing
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
