"""What a visitor reads when something is wrong: what happened, what is kept, and what to do next."""

import datetime
import errno
import sqlite3
import sys
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

# Limits count by the minute: a minute later there is room again. A view may know better (request.retry_after).
_RETRY_AFTER = 60
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FULL_DATABASE = "53100"  # SQLSTATE of PostgreSQL
_SECRETS = frozenset({"password", "password1", "password2", "oldpassword", "code"})


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without request context: whatever failed (the database, say) is not asked again. A disk that is full fails
    wherever something is written, also while an upload is still coming in.
    """
    is_full = _is_disk_full(sys.exc_info()[1])
    if is_full and _wants_json(request):
        return JsonResponse({"error": _("The site has no room left, so nothing of this was saved.")}, status=507)
    return HttpResponse(render_to_string("500.html", {"is_full": is_full}), status=507 if is_full else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if _wants_json(request):
        return JsonResponse(
            {"error": _("This page stood open for long. Reload it; what you answered is kept.")}, status=403
        )
    kept = _kept(request) if _came_from_here(request) else []
    return render(request, "403_csrf.html", {"kept": kept, "has_files": bool(request.FILES)}, status=403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """What somebody typed arrives after their session has ended: it is kept on the page until they are back."""
    if _wants_json(request):
        return JsonResponse({"error": _("You have been signed out, so nothing of this was saved.")}, status=401)
    return render(request, "401.html", {"kept": _kept(request), "has_files": bool(request.FILES)}, status=401)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    seconds = int(getattr(request, "retry_after", _RETRY_AFTER))
    headers = {"Retry-After": str(seconds), "Cache-Control": "no-store"}
    if _wants_json(request):
        text = _("Too many requests came in a short time.")
        return JsonResponse({"error": text, "retry_after": seconds}, status=429, headers=headers)
    context = {
        "retry_after": seconds,
        "come_back_at": timezone.localtime() + datetime.timedelta(seconds=seconds),
        "kept": _kept(request),
        "has_files": bool(request.FILES),
    }
    response = render(request, "429.html", context, status=429)
    for name, value in headers.items():
        response[name] = value
    return response


def _is_disk_full(fault: BaseException | None) -> bool:
    while fault is not None:
        if getattr(fault, "errno", None) in _FULL or getattr(fault, "sqlstate", "") == _FULL_DATABASE:
            return True
        if getattr(fault, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            return True
        fault = fault.__cause__
    return False


def _wants_json(request: HttpRequest) -> bool:
    """Asked for by a script: by what it sends, by what it accepts, or by the browser saying so."""
    if request.content_type == "application/json" or not request.accepts("text/html"):
        return True
    return request.headers.get("Sec-Fetch-Dest") == "empty" and "HX-Request" not in request.headers


def _came_from_here(request: HttpRequest) -> bool:
    """Only a form of our own pages is offered for sending again, never one that another site has filled in."""
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form held, to be sent again; nothing of a form with a secret, which no page may show."""
    if any(name in _SECRETS for name in request.POST):
        return []
    return [(name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]
