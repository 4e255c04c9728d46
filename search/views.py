"""The results page, and suggestions while one types."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.text import capfirst
from django.views.decorators.http import require_safe
from django_ratelimit.decorators import ratelimit

from membership.client import address_of
from search.actions import count_missed
from search.queries.facets import kind_name
from search.queries.needs import viewer_of
from search.queries.pages import Query, find, read_query, suggestions
from training_materials.models import Topic

# The account first; the address is a far ceiling, as a whole office may sit behind one.
ACCOUNT_RATE = "60/m"
ADDRESS_RATE = "600/m"
# Whoever types asks several times a word.
TYPING_ACCOUNT_RATE = "240/m"
TYPING_ADDRESS_RATE = "2400/m"
_DAY = 24 * 60 * 60


def _account(group: str, request: HttpRequest) -> str:
    return str(request.user.pk)


def _account_rate(group: str, request: HttpRequest) -> str | None:
    return ACCOUNT_RATE if request.user.is_authenticated else None


def _typing_rate(group: str, request: HttpRequest) -> str | None:
    return TYPING_ACCOUNT_RATE if request.user.is_authenticated else None


def _address_rate(group: str, request: HttpRequest) -> str:
    return ADDRESS_RATE


def _typing_address_rate(group: str, request: HttpRequest) -> str:
    return TYPING_ADDRESS_RATE


@require_safe
@ratelimit(group="search", key=_account, rate=_account_rate)
@ratelimit(group="search-address", key="ip", rate=_address_rate)
def results(request: HttpRequest) -> HttpResponse:
    query = read_query(request.GET.get("q", ""))
    found = find(query, request.GET, request, timezone.localdate())
    if not query.understood.is_empty and not found.chosen.chosen and not found.total:
        _count_once(query, request)
    context = {
        "query": query.text,
        "asked": query,
        "results": found,
        "page_obj": found.page,
        "topics": Topic.objects.all() if not (found.total or found.near) else (),
    }
    return render(request, "search/results.html", context)


@require_safe
@ratelimit(group="suggest", key=_account, rate=_typing_rate)
@ratelimit(group="suggest-address", key="ip", rate=_typing_address_rate)
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles that begin so, as JSON for the list under the field."""
    found = suggestions(request.GET.get("q", ""), viewer_of(request.user, timezone.localdate()))
    rows = [{"title": one.title, "url": one.url, "kind": capfirst(kind_name(one.kind))} for one in found]
    return JsonResponse({"suggestions": rows}, headers={"Cache-Control": "private, max-age=60"})


def _count_once(query: Query, request: HttpRequest) -> None:
    """Counts a search in vain, each asker's once a day. Who asked is a hash in the cache that a day later is gone."""
    words = " ".join(query.understood.likeliest)
    asker = f"{request.user.pk or address_of(request)}:{timezone.localdate()}:{words}"
    if cache.add(f"missed:{salted_hmac('search.missed', asker, algorithm='sha256').hexdigest()}", True, _DAY):
        count_missed(words=query.text.lower(), at=timezone.now())
