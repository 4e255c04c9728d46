"""Whether a page is closed by a password, a group or sign-in. Few pages are, so the few are kept in the cache."""

from wagtail.models import Page, PageViewRestriction

from work.kept import kept

RESTRICTED_PATHS = "restricted-paths"


def is_public(page: Page) -> bool:
    """Whether no view restriction stands on the page or above it."""
    return not page.path.startswith(kept(RESTRICTED_PATHS, _restricted_paths))


def _restricted_paths() -> tuple[str, ...]:
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
