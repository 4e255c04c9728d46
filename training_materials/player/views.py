"""The frame's page and its files. They know no session: the signed address is what opens them. GET alone, and for the
files the question before it that browsers ask when a library's script fetches one (jQuery adds a header of its own).
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import IO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from interface.pieces import piece_of
from training_materials.models import Library, PackageVersion
from training_materials.packages.names import LIBRARY_TYPES, type_of
from training_materials.packages.storage import bundle_name, package_storage
from training_materials.player.embedding import CONTENT_ID, embedding
from training_materials.player.policy import allow_asking, seal_file, seal_frame
from training_materials.player.tokens import held_bundle, held_content


def _fetched(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @require_http_methods(["GET", "HEAD", "OPTIONS"])
    @wraps(view)
    def answer(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
        return allow_asking(HttpResponse(status=204)) if request.method == "OPTIONS" else view(request, token, path)

    return answer


@require_safe
def embed(request: HttpRequest, token: str) -> HttpResponse:
    held = held_content(token)
    version = PackageVersion.objects.select_related("main").filter(pk=held.name).first() if held else None
    if version is None:
        raise Http404
    context = {"version": version, "embedding": embedding(version), "content_id": CONTENT_ID}
    response = render(request, "training_materials/packages/embed.html", context)
    seal_frame(request, response)
    response["Cache-Control"] = "private, no-store"
    return response


@_fetched
def media(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """A file of a content: pictures, sounds, videos; a part of it where the player asks for one."""
    held = held_content(token)
    version = PackageVersion.objects.only("media").filter(pk=held.name).first() if held else None
    kind = type_of(path, is_library=False)
    if held is None or version is None or path not in version.media or kind is None:
        raise Http404
    return _answer(request, f"{version.stored_under}/{path}", kind, held.seconds)


@_fetched
def bundle(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """all.js and all.css, the libraries' joined scripts and styles; beneath libraries/ their other files."""
    held = held_bundle(token)
    if held is None:
        raise Http404
    if path in ("all.js", "all.css"):
        return _joined(request, held.name, path.removeprefix("all."), held.seconds)
    folder, _slash, inside = path.removeprefix("libraries/").partition("/")
    library = Library.objects.filter(versions__bundle=held.name).in_folder(folder)
    kind = type_of(inside, is_library=True)
    if library is None or inside not in library.files or kind is None:
        raise Http404
    return _answer(request, f"{library.stored_under}/{inside}", kind, held.seconds)


def _joined(request: HttpRequest, name: str, ending: str, seconds: int) -> HttpResponseBase:
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = FileResponse(
        _open(bundle_name(name, ending + (".gz" if is_packed else ""))), content_type=LIBRARY_TYPES[ending]
    )
    if is_packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    seal_file(response, seconds)
    return response


def _answer(request: HttpRequest, name: str, kind: str, seconds: int) -> HttpResponseBase:
    response = piece_of(partial(_open, name), request, kind) or FileResponse(_open(name), content_type=kind)
    response["Accept-Ranges"] = "bytes"
    seal_file(response, seconds)
    return response


def _open(name: str) -> IO[bytes]:
    try:
        return package_storage().open(name)
    except (OSError, ValueError) as missing:
        raise Http404 from missing
