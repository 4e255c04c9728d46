"""Pictures and sounds of questions, for who is signed in; nothing in them can act."""

import re

from django.contrib.auth.decorators import login_required
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assessments.bank.media import TYPES
from assessments.models.bank import FOLDER

_NAME = re.compile(r"[0-9a-f]{40}\.(\w{3,4})")
_RANGE = re.compile(r"bytes=(\d{1,10})-(\d{0,10})")


@login_required
@require_safe
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """The file, or the part of it that a player asks for. Names tell nothing and never get another content."""
    found = _NAME.fullmatch(name)
    if found is None or found.group(1) not in TYPES:
        raise Http404
    try:
        with storages["private"].open(f"{FOLDER}/{name}") as file:
            content = file.read()
    except OSError as missing:
        raise Http404 from missing
    response = _part(request.headers.get("Range", ""), content, TYPES[found.group(1)])
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _part(asked: str, content: bytes, content_type: str) -> HttpResponse:
    wanted = _RANGE.fullmatch(asked)
    if wanted is None:
        return HttpResponse(content, content_type=content_type)
    first, last = int(wanted[1]), min(int(wanted[2] or len(content)), len(content) - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    part = HttpResponse(content[first : last + 1], status=206, content_type=content_type)
    part["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return part
