"""Pages for visitors without account, kept whole, ahead of sessions; one store for all workers.

Only a GET without a session cookie is served or kept, and only a 200 that sets no cookie and does not forbid
it. The key holds the language and a generation; publishing starts a new generation (training_materials and
home call ``clear``), so nothing stale outlives a change.
"""

import time
from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config.language import chosen_language

_GENERATION = "page-cache-generation"
_KEPT_HEADERS = ("Content-Type", "Content-Language")
# Searches would fill the store with pages nobody asks for again; these addresses are never the same twice.
_NEVER = (
    *("/quan-tri/", "/tai-khoan/", "/tim-kiem/", "/xac-minh/", "/healthz"),
    *("/media/", "/documents/", "/goi/", "/xapi/"),
)


def clear() -> None:
    """Forget every kept page."""
    cache.set(_GENERATION, time.time_ns(), None)


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_be_kept(request):
            return self.get_response(request)
        key = _key(request)
        kept = cache.get(key)
        if kept is not None:
            headers, content = kept
            return HttpResponse(content, headers=headers)
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _is_keepable(response):
            headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
            headers |= {"Vary": "Cookie", "Cache-Control": "no-cache"}
            cache.set(key, (headers, response.content), settings.PAGE_CACHE_SECONDS)
        return response


def _may_be_kept(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HX-Request" not in request.headers
        and not request.path.startswith(_NEVER)
    )


def _is_keepable(response: HttpResponse) -> bool:
    forbidden = "no-store" in response.get("Cache-Control", "") or "private" in response.get("Cache-Control", "")
    return response.status_code == 200 and not response.cookies and not forbidden


def _key(request: HttpRequest) -> str:
    generation = cache.get(_GENERATION, 0)
    address = f"{request.get_host()}{request.get_full_path()}".encode()
    digest = blake2b(address, digest_size=16).hexdigest()
    return f"page:{generation}:{chosen_language(request)}:{digest}"
