"""Of which year a page tells."""

from collections.abc import Container

from django.http import Http404, HttpRequest
from django.utils import timezone


def year_asked(request: HttpRequest, offered: Container[int]) -> int:
    """The one in the address (``?nam=``), this one without; 404 for what is not offered."""
    asked = request.GET.get("nam") or str(timezone.localdate().year)
    if not (asked.isascii() and asked.isdecimal() and len(asked) == 4 and int(asked) in offered):
        raise Http404
    return int(asked)
