"""What apps above put beneath a step of a course, a course or a material, for who is signed in. Calls go down, this
registry goes up (decision 0007).

A source takes the request, the page and the reader's enrolment in its course, if there is one, and answers with a
template of its own and what that shows as ``part``; nothing where it has nothing to say there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page


@dataclass(frozen=True)
class Part:
    template: str
    shown: Mapping[str, Any]


Source = Callable[[HttpRequest, Page, Any], Part | None]

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Adds the source once, however often the app starts."""
    if source not in _sources:
        _sources.append(source)
    return source


def collect(request: HttpRequest, page: Page, enrolment: Any = None) -> list[Part]:
    """Nothing in a preview, and nothing without an account: then nobody is asked."""
    if not request.user.is_authenticated or getattr(request, "is_preview", False):
        return []
    return [part for source in _sources if (part := source(request, page, enrolment))]
