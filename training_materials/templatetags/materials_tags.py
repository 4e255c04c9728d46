"""What the templates of materials and lessons need."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from interface import illustrations
from training_materials.blocks.bodies import body_html, fresh_body_html
from training_materials.models import Topic
from training_materials.outlines.outline import ShownStep
from training_materials.packages.kinds import kind_of

register = template.Library()
register.filter("kind_of", kind_of)


@register.simple_tag(takes_context=True)
def page_body(context: Context, page: Any) -> SafeString:
    """The page's blocks as HTML."""
    is_preview = getattr(context.get("request"), "is_preview", False)
    return fresh_body_html(page) if is_preview or not page.last_published_at else body_html(page)


@register.inclusion_tag("training_materials/includes/cover.html")
def cover(page: Any, names: Iterable[str], is_first: bool = False) -> dict[str, Any]:
    """The page's picture or drawing, or the first among these names. Decoration: its title always stands beside it.

    ``is_first``: it stands at the head of its page, so it is not waited for until it comes into view.
    """
    chosen = (name for name in (page.illustration, *names) if name in illustrations.SUBJECTS)
    name = next(chosen, illustrations.ANY_SUBJECT)
    return {"picture": page.cover, "name": name, "tint": illustrations.tint_of(name), "is_first": is_first}


@register.filter
def drawings_of(topics: Iterable[Topic]) -> list[str]:
    return [topic.illustration for topic in topics]


@register.simple_tag
def outline_row(shown: ShownStep, is_signed_in: bool) -> SafeString:
    """A step in a course's outline."""
    return _outline_row(shown, is_signed_in, get_language())


@lru_cache(maxsize=2048)
def _outline_row(shown: ShownStep, is_signed_in: bool, language: str | None) -> SafeString:
    """Drawn once: it is made of nothing else."""
    context = {"step": shown.step, "state": shown.state, "url": shown.url, "is_signed_in": is_signed_in}
    return render_to_string("training_materials/includes/outline_row.html", context)
