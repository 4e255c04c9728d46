"""Pictures of pages, and pieces of a video for players that ask for a part of it."""

import re
from collections.abc import Iterator
from typing import IO, Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe
from wagtail.documents.models import AbstractDocument

# Documents lie in the same storage but have an address of their own, which asks for permission.
_PICTURE_FOLDERS = ("images/", "original_images/")
_PIECE = 256 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def picture(request: HttpRequest, path: str) -> FileResponse:
    """A picture from the media storage; renditions never change under their name."""
    try:
        if not path.startswith(_PICTURE_FOLDERS) or ".." in path.split("/"):
            raise Http404
        response = FileResponse(default_storage.open(path))
    except (OSError, ValueError) as missing:
        raise Http404 from missing
    response["Cache-Control"] = "public, max-age=604800"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def piece_of_video(document: AbstractDocument, request: HttpRequest) -> HttpResponse | StreamingHttpResponse | None:
    """The part that a player asks for, so that it can jump; None when the whole file is asked for."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    size = document.file.size
    if not asked or asked.groups() == ("", ""):
        return None
    first, last = _bounds(asked[1], asked[2], size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(
        _read(document.file.storage.open(document.file.name), first, last),
        status=206,
        content_type=document.content_type,
    )
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _read(file: IO[Any], first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
