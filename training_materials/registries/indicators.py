"""Which indicators a published page serves, told by an app above: teaching names none (decision 0007)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from wagtail.models import Page


@dataclass(frozen=True)
class Served:
    """``names`` by number as readers see them; ``by_page`` the numbers, by the translation key of a page."""

    names: Mapping[str, str] = field(default_factory=dict)
    by_page: Mapping[str, Sequence[str]] = field(default_factory=dict)


sources: list[Callable[[], Served]] = []


def served() -> Served:
    """What the one app above that knows says; nothing where none does."""
    return sources[0]() if sources else Served()


def of(page: Page) -> list[tuple[int, str]]:
    """The indicators that this page serves: number, and name with its number."""
    known = served()
    numbers = known.by_page.get(str(page.translation_key), ())
    return [(int(number), known.names[number]) for number in sorted(numbers, key=int) if number in known.names]
