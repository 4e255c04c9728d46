"""Pages for visitors without account, kept whole, ahead of sessions; one store for all workers.

Only a GET without a session cookie is served or kept, and only a 200 that sets no cookie and does not forbid
it. The key holds the language; publishing forgets them all (home calls ``clear``), so nothing stale outlives a
change (``work.kept``).
"""

from collections.abc import Callable
from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config.middleware import chosen_language
from work import kept

_PAGES = "pages"
_KEPT_HEADERS = ("Content-Type", "Content-Language")
# Searches would fill the store with pages nobody asks for again; these addresses are never the same twice.
_NEVER = (
    *("/quan-tri/", "/tai-khoan/", "/tim-kiem/", "/xac-minh/", "/healthz"),
    *("/media/", "/documents/", "/goi/", "/xapi/"),
)


def clear() -> None:
    """Forget every kept page."""
    kept.forget(_PAGES)


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_be_kept(request):
            return self.get_response(request)
        entry = kept.Entry(_PAGES, _address(request), seconds=settings.PAGE_CACHE_SECONDS)
        page = entry.read()
        if page is not None:
            headers, content = page
            return HttpResponse(content, headers=headers)
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _is_keepable(response):
            headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
            headers |= {"Vary": "Cookie", "Cache-Control": "no-cache"}
            entry.keep((headers, response.content))
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


def _address(request: HttpRequest) -> str:
    address = f"{request.get_host()}{request.get_full_path()}".encode()
    digest = blake2b(address, digest_size=16).hexdigest()
    return f"{chosen_language(request)}:{digest}"
