"""The part of a file that a player asks for, so that it can jump."""

import re
from collections.abc import Callable
from typing import IO

from django.http import HttpRequest, HttpResponse

_MOST = 2 * 1024 * 1024  # at a time: players ask again for what follows
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


def piece_of(opened: Callable[[], IO[bytes]], request: HttpRequest, content_type: str) -> HttpResponse | None:
    """None when the whole file is asked for; then it is not opened."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or asked.groups() == ("", ""):
        return None
    with opened() as file:
        size = file.seek(0, 2)
        first, last = _bounds(asked[1], asked[2], size)
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}, content_type=content_type)
        file.seek(first)
        piece = file.read(last - first + 1)
    headers = {"Content-Range": f"bytes {first}-{last}/{size}", "Accept-Ranges": "bytes"}
    headers["X-Content-Type-Options"] = "nosniff"
    return HttpResponse(piece, status=206, content_type=content_type, headers=headers)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte to send, counted from 0."""
    begin = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    return begin, min(end, begin + _MOST - 1)
