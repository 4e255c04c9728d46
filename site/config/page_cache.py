"""Pages for visitors without account, kept whole, ahead of sessions; one store for all workers.

Only a GET without a session cookie is served or kept, and only a 200 that sets no cookie and does not forbid
it. The key holds the language; publishing forgets them all (home calls ``clear``), so nothing stale outlives a
change (``work.kept``). Nobody fills the store by making up addresses: of what stands behind the question mark only
what lists ask for makes a page of its own, and of those so many are kept.
"""

import re
from collections.abc import Callable
from hashlib import blake2b
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from config.compression import compress, is_page, takes_brotli
from config.middleware import chosen_language
from work import kept

_PAGES = "pages"
_KEPT_HEADERS = ("Content-Type", "Content-Language", "Content-Encoding", "Cache-Control", "Vary")
_THOROUGHLY = 5  # it is done once
# What the lists, the facets and the map of the site ask for.
_ASKED = frozenset(("page", "p", "nam", "loai", "chu-de", "doi-tuong", "co-quan"))
# What others append to addresses that they pass on. The page is the same.
_APPENDED = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|zalo_\w+")
_MOST_ASKED = 500
# Searches would fill the store with pages nobody asks for again; these addresses are never the same twice.
_NEVER = (
    *("/quan-tri/", "/tai-khoan/", "/tim-kiem/", "/xac-minh/", "/chung-nhan/", "/healthz"),
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
        if isinstance(response, HttpResponse) and _is_keepable(response) and _has_room(request):
            if is_page(response) and takes_brotli(request):
                compress(response, _THOROUGHLY)
            response["Cache-Control"] = "no-cache"
            patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
            entry.keep(({name: response[name] for name in _KEPT_HEADERS if name in response}, response.content))
        return response


def _may_be_kept(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HX-Request" not in request.headers
        and all(name in _ASKED or _APPENDED.fullmatch(name) for name in request.GET)
        and not request.path.startswith(_NEVER)
    )


def _is_keepable(response: HttpResponse) -> bool:
    forbidden = "no-store" in response.get("Cache-Control", "") or "private" in response.get("Cache-Control", "")
    return response.status_code == 200 and not response.cookies and not forbidden


def _has_room(request: HttpRequest) -> bool:
    """Counts what is asked for with more than an address; what bears an appendix is kept when it comes without."""
    if not request.GET:
        return True
    counted = kept.Entry(_PAGES, "asked", seconds=settings.PAGE_CACHE_SECONDS)
    count = counted.read() or 0
    if count >= _MOST_ASKED or not _ASKED.issuperset(request.GET):
        return False
    counted.keep(count + 1)
    return True


def _address(request: HttpRequest) -> str:
    asked = [(name, values) for name, values in sorted(request.GET.lists()) if name in _ASKED]
    address = f"{request.get_host()}{request.path}?{urlencode(asked, doseq=True)}".encode()
    digest = blake2b(address, digest_size=16).hexdigest()
    return f"{chosen_language(request)}:{'br' if takes_brotli(request) else ''}:{digest}"
