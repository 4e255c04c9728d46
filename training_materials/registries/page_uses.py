"""What hangs on a page: counts that the apps above supply before a page is deleted.

An app registers a function that takes the translation keys of the pages to go (the page and all beneath it)
and answers with what refers to them. Nothing counted here is taken away by deleting a page; the trainer is told
so and offered to unpublish instead.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page


@dataclass(frozen=True)
class Dependants:
    """So many of one thing; ``text`` is a whole, translated phrase with its number: "3 enrolments"."""

    count: int
    text: str


Counter = Callable[[Collection[UUID]], Dependants]

_counters: list[Counter] = []


def register(counter: Counter) -> Counter:
    """Adds the counter once, however often the app starts."""
    if counter not in _counters:
        _counters.append(counter)
    return counter


def of_pages(pages: Collection[Page]) -> list[Dependants]:
    """What refers to these pages and all beneath them, without what counts nothing."""
    if not _counters:
        return []
    keys: set[UUID] = set()
    for page in pages:
        beneath = Page.objects.descendant_of(page, inclusive=True)
        keys.update(beneath.values_list("translation_key", flat=True))
    found = [counter(keys) for counter in _counters]
    return [dependants for dependants in found if dependants.count]
