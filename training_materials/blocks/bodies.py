"""Bodies as HTML, kept for each published revision: blocks are the dearest part of a lesson; and their headings."""

from collections.abc import Iterable
from typing import Any, cast

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.models import Page

from interface.vietnamese import words_of
from work import kept

# Also how long a body may name a link, a picture or a file that was changed since, without the page itself. Contents
# that are played are told at once: see forget_bodies.
_KEPT_SECONDS = 10 * 60


def body_html(page: Any) -> SafeString:
    """The published body of a lesson, material or plain page; from the cache if this revision was drawn before."""
    part = f"{page.live_revision_id}:{page.last_published_at.timestamp()}:{get_language()}"
    html = kept.kept(_name(page), lambda: str(page.body.render_as_block()), part=part, seconds=_KEPT_SECONDS)
    return mark_safe(html)  # noqa: S308 (rendered by our own block templates, which escape)


def forget_bodies(pages: Iterable[Page]) -> None:
    """Drawn anew at the next visit, since something that they show is another now or is gone."""
    for page in pages:
        kept.forget(_name(page))


def fresh_body_html(page: Any) -> SafeString:
    """The body as it stands in this object: for previews, and for pages that were never published."""
    return cast(SafeString, page.body.render_as_block())


def anchor(heading: str) -> str:
    """The id of a heading in the page: its words without tone marks."""
    return "-".join(words_of(heading))[:60].strip("-") or "phan"


def headings(body: StreamValue) -> list[tuple[str, str]]:
    """The text and the anchor of each heading, in order."""
    return [(str(block.value), anchor(str(block.value))) for block in body if block.block_type == "heading"]


def _name(page: Page) -> str:
    return f"body:{page.pk}"
