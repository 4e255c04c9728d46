"""The course page by a shorter way, pictures of pages, and parts of a video for players that jump."""

import re
from typing import cast

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.documents.models import AbstractDocument
from wagtail.views import serve as wagtail_serve

from training_materials.models import CoursePage
from training_materials.querysets.pages import is_public

# Documents lie in the same storage but have an address of their own, which asks for permission.
_PICTURE_FOLDERS = ("images/", "original_images/")
_PIECE = 2 * 1024 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The page of a course, the busiest of all: one query instead of Wagtail's way down the tree.

    What this shortcut does not find, or may not answer, goes Wagtail's way.
    """
    page = CoursePage.objects.for_page(slug)
    if page is None or not is_public(page):
        return wagtail_serve(request, request.path.lstrip("/"))
    return cast(HttpResponseBase, page.serve(request))


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


def piece_of_video(document: AbstractDocument, request: HttpRequest) -> HttpResponse | None:
    """The part that a player asks for, so that it can jump; None when the whole file is asked for.

    At most 2 MB at a time: players ask again for what follows.
    """
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or asked.groups() == ("", ""):
        return None
    size = document.file.size
    first, last = _bounds(asked[1], asked[2], size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with document.file.storage.open(document.file.name) as file:
        file.seek(first)
        piece = file.read(last - first + 1)
    headers = {
        "Content-Range": f"bytes {first}-{last}/{size}",
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(piece, status=206, content_type=document.content_type, headers=headers)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte to send, counted from 0."""
    if not first:
        start = max(size - int(last), 0)
        return start, min(size - 1, start + _PIECE - 1)
    end = min(int(last), size - 1) if last else size - 1
    return int(first), min(end, int(first) + _PIECE - 1)
