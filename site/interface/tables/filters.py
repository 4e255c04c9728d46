"""By what a list is narrowed: what every list has alike."""

from typing import Any

from django_filters import CharFilter

from interface.tables.columns import Text


class SearchFilter(CharFilter):
    """The words that one types, as the rows' own ``matching`` takes them."""

    def __init__(self, label: Text, **given: Any) -> None:
        super().__init__(label=label, max_length=120, **given)

    def filter(self, qs: Any, value: str) -> Any:
        return qs.matching(value) if value else qs
