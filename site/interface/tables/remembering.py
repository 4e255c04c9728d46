"""Filters and sorting stay: they stand in the address, and the session knows the last ones of each list.

Who comes back to a list without any is led to the address with those they had. ``bo-loc`` in the address forgets them.
"""

from collections.abc import Collection
from copy import copy
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from interface.card_numbers import has_card_number

FORGETS = "bo-loc"
_KEY = "tables"
_MOST_LISTS = 30


def is_part(request: HttpRequest) -> bool:
    """Whether the rows alone are asked for, as Wagtail's header does while one types."""
    return request.headers.get("x-requested-with") == "XMLHttpRequest"


def address_kept(request: HttpRequest, names: Collection[str]) -> str:
    """Where the list stands as it was left, or nothing when it is asked for as it stands. Notes what is asked for."""
    if not names or not request.user.is_authenticated:
        return ""
    kept = request.session.get(_KEY, {})
    if not request.GET and not is_part(request):
        query = kept.get(request.path, "")
        return f"{request.path}?{query}" if query else ""
    if is_part(request) or any(name in request.GET for name in (*names, FORGETS)):
        _note(request, kept, _query(request, names))
    return ""


def as_left(request: HttpRequest, path: str) -> HttpRequest:
    """The request as if the list at that path were asked for as it was left."""
    asked = copy(request)
    asked.GET = QueryDict(request.session.get(_KEY, {}).get(path, ""))
    return asked


def _query(request: HttpRequest, names: Collection[str]) -> str:
    """Who looked for a citizen ID finds the list as it was without."""
    if FORGETS in request.GET:
        return ""
    said = {name: [text for text in request.GET.getlist(name) if text] for name in names}
    asked = {name: texts for name, texts in said.items() if texts and not any(map(has_card_number, texts))}
    return urlencode(asked, doseq=True)


def _note(request: HttpRequest, kept: dict[str, str], query: str) -> None:
    """The session is written only where something changes, and holds the lists last used."""
    path = request.path
    if query == kept.get(path, ""):
        return
    others = [(other, noted) for other, noted in kept.items() if other != path]
    request.session[_KEY] = dict([*others, *([(path, query)] if query else [])][-_MOST_LISTS:])
