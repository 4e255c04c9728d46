from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_ratelimit.decorators import ratelimit

from search.finding import find, read_query

# The account first; the address is a far ceiling, as a whole office may sit behind one.
ACCOUNT_RATE = "60/m"
ADDRESS_RATE = "600/m"


def _account(group: str, request: HttpRequest) -> str:
    return str(request.user.pk)


def _account_rate(group: str, request: HttpRequest) -> str | None:
    return ACCOUNT_RATE if request.user.is_authenticated else None


@ratelimit(group="search", key=_account, rate=_account_rate)
@ratelimit(group="search-address", key="ip", rate=ADDRESS_RATE)
def results(request: HttpRequest) -> HttpResponse:
    query = read_query(request.GET.get("q", ""))
    found = find(query, request.GET.get("loai", ""), request.GET.get("page", ""), request)
    context = {"query": query.text, "asked": query, "results": found, "page_obj": found.page}
    return render(request, "search/results.html", context)
