"""Bodies as HTML, kept for each published revision: blocks are the dearest part of a lesson."""

from collections.abc import Iterable
from typing import Any, cast

from django.conf import settings
from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

# Also how long a body may name a link, a picture or a file that was changed since, without the page itself. Contents
# that are played are told at once: see forget_bodies.
_KEPT_SECONDS = 10 * 60


def body_html(page: Any) -> SafeString:
    """The published body of a lesson, material or plain page; from the cache if this revision was drawn before."""
    key = _key(page, get_language())
    kept = cache.get(key)
    if kept is None:
        kept = str(page.body.render_as_block())
        cache.set(key, kept, _KEPT_SECONDS)
    return mark_safe(cast(str, kept))  # noqa: S308 (rendered by our own block templates, which escape)


def forget_bodies(pages: Iterable[Page]) -> None:
    """Drawn anew at the next visit, since something that they show is another now or is gone."""
    languages = [code for code, _name in settings.LANGUAGES]
    cache.delete_many([_key(page, language) for page in pages if page.last_published_at for language in languages])


def _key(page: Page, language: str | None) -> str:
    return f"body:{page.pk}:{page.live_revision_id}:{page.last_published_at.timestamp()}:{language}"


def fresh_body_html(page: Any) -> SafeString:
    """The body as it stands in this object: for previews, and for pages that were never published."""
    return cast(SafeString, page.body.render_as_block())
