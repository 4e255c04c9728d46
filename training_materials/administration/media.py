"""Wagtail's lists of images and documents, in which one may filter by use and search at once."""

from django.db.models import QuerySet
from django.urls import URLPattern, path
from wagtail.documents.views import documents
from wagtail.images.views import images


class FilteredThenSearchedMixin:
    """The search cannot read a filter on what is counted, such as how often a file is used. It gets the rows."""

    is_searching: bool

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        found: QuerySet = super().filter_queryset(queryset)  # type: ignore[misc]
        return queryset.filter(pk__in=[*found.values_list("pk", flat=True)]) if self.is_searching else found


class ImageListView(FilteredThenSearchedMixin, images.IndexView):
    pass


class DocumentListView(FilteredThenSearchedMixin, documents.IndexView):
    pass


def addresses() -> list[URLPattern]:
    """Those of Wagtail's own views, before which they are registered; only they are named."""
    return [
        path(f"{folder}/{part}", view.as_view(results_only=bool(part)))
        for folder, view in (("images", ImageListView), ("documents", DocumentListView))
        for part in ("", "results/")
    ]
